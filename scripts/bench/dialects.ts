/** How a contestant speaks. Frames are read without parsing them whole: the load must cost little beside what it measures. */
export interface Dialect {
  /** Sent when the socket opens. */
  hello: string[];
  /** The frame after which this side may send; null: at once. */
  welcome: string | null;
  send(n: number, chat: string): string;
  read(text: string): { what: "ack" | "seen" | "refused"; n: number } | { what: "ping"; answer: string } | null;
}

const TEXT = "A sentence of the length that people write in a chat, with a question at its end, isn't it? ".padEnd(
  100,
  ".",
);
const NAME = "bench-";

const heradesk: Dialect = {
  hello: [],
  welcome: null,
  send: (n, sessionId) =>
    `{"event":"customer:send_message","requestId":"${n}","data":{"sessionId":"${sessionId}","clientId":"${NAME}${n}","content":"${TEXT}"}}`,
  read(text) {
    if (text.startsWith('{"event":"message:sent"')) return { what: "ack", n: numberIn(text) };
    if (text.startsWith('{"event":"chat:message"')) return { what: "seen", n: numberIn(text) };
    if (text.startsWith('{"event":"system:error"')) return { what: "refused", n: after(text, '"requestId":"') };
    return null;
  },
};

/** Socket.IO 4 over Engine.IO 4, as its own client speaks it: 40 connects, 42 is an event, 43 its acknowledgement. */
const socketio: Dialect = {
  hello: ["40"],
  welcome: "40",
  send: (n, chat) => `42${n}["send",{"chat":"${chat}","clientId":"${NAME}${n}","content":"${TEXT}"}]`,
  read(text) {
    if (text === "2") return { what: "ping", answer: "3" };
    if (text.startsWith("43")) return { what: "ack", n: Number.parseInt(text.slice(2), 10) };
    if (text.startsWith('42["message"')) return { what: "seen", n: numberIn(text) };
    return null;
  },
};

export const dialects = { heradesk, socketio };

const numberIn = (text: string) => after(text, NAME);

function after(text: string, mark: string): number {
  const at = text.indexOf(mark);
  return at < 0 ? -1 : Number.parseInt(text.slice(at + mark.length, at + mark.length + 12), 10);
}
