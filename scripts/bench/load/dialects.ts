import { textFrame } from "./wire.ts";

export type DialectName = "frames" | "socket-io";

/** What a frame is to the load; everything else it may say is `other`. */
export const WORD = { other: 0, ack: 1, row: 2, refused: 3, ping: 4 } as const;

/** How a contestant speaks. Frames are read without decoding them: the load must cost little beside what it measures. */
export interface Dialect {
  /** Sent when a socket opens. */
  hello: string[];
  /** How the frame begins after which a socket is ready. */
  welcome: string | null;
  /** The answer to a ping of its own. */
  pong: Buffer | null;
  message(chat: string): Template;
  word(bytes: Buffer, start: number, end: number): number;
}

/** A frame with places for the number of the message. */
export interface Template {
  frame: Buffer;
  spots: number[];
}

const TEXT = "A sentence of the length that people write in a chat, with a question at its end, isn't it? ".padEnd(100);
const DIGITS = 12;
/** A message is called by a uuid whose last group is its number. */
const NAME = "0be4c400-0000-4000-8000-";
const MARK = Buffer.from(NAME);
const BLANK = "?".repeat(DIGITS);

const frames: Dialect = {
  hello: [],
  welcome: null,
  pong: null,
  message: (chat) =>
    template(
      `{"event":"customer:send_message","data":{"sessionId":"${chat}","clientId":"${NAME}${BLANK}","content":"${TEXT}"},"requestId":"${BLANK}"}`,
    ),
  /** {"event":"message:sent" · {"event":"chat:message" · {"event":"system:error" */
  word(bytes, start) {
    const [first, sixth] = [bytes[start + 10], bytes[start + 15]];
    if (first === 0x6d) return WORD.ack;
    if (first === 0x63 && sixth === 0x6d) return WORD.row;
    if (first === 0x73 && bytes[start + 17] === 0x65) return WORD.refused;
    return WORD.other;
  },
};

/** Socket.IO 4 over Engine.IO 4, as its own client speaks it: 40 connects, 42 is an event, 43 its acknowledgement. */
const socketIo: Dialect = {
  hello: ["40"],
  welcome: "40",
  pong: textFrame("3"),
  message: (chat) =>
    template(`42${BLANK}["send",{"sessionId":"${chat}","clientId":"${NAME}${BLANK}","content":"${TEXT}"}]`),
  word(bytes, start, end) {
    if (bytes[start] === 0x32 && end === start + 1) return WORD.ping;
    if (bytes[start] !== 0x34) return WORD.other;
    return bytes[start + 1] === 0x33 ? WORD.ack : bytes[start + 1] === 0x32 ? WORD.row : WORD.other;
  },
};

export const dialects: Record<DialectName, Dialect> = { frames, "socket-io": socketIo };

function template(text: string): Template {
  const frame = textFrame(text);
  const spots: number[] = [];
  for (let at = frame.indexOf(BLANK); at >= 0; at = frame.indexOf(BLANK, at + DIGITS)) spots.push(at);
  return { frame, spots };
}

/** The template as the frame of message `n`; bytes of its own, because a write may still hold the last ones. */
export function fill({ frame, spots }: Template, n: number): Buffer {
  const copy = Buffer.allocUnsafe(frame.length);
  copy.set(frame);
  for (const spot of spots) {
    let rest = n;
    for (let i = spot + DIGITS - 1; i >= spot; i--) {
      copy[i] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }
  return copy;
}

const REQUEST = Buffer.from('"requestId":"');

/** The number of the message that a frame is about; -1 for somebody else's. */
export function numberIn(bytes: Buffer, start: number, end: number, refused: boolean): number {
  const mark = refused ? REQUEST : MARK;
  const at = bytes.indexOf(mark, start);
  if (at < 0 || at + mark.length + DIGITS > end) return -1;
  let n = 0;
  for (let i = at + mark.length, last = i + DIGITS; i < last; i++) n = n * 10 + (bytes[i] ?? 48) - 48;
  return Number.isNaN(n) ? -1 : n;
}
