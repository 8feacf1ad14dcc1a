import type { Message } from "../../app/chat/shapes.ts";
import type { LiveSocket } from "../../app/realtime/client/socket.ts";
import type { Ack, Attempt, Claim, Observer, Presence, Sample, Sighting } from "./history.ts";

export type Recorder = ReturnType<typeof openRecorder>;

/** Writes down what happens, as it happens. */
export function openRecorder() {
  const attempts = new Map<string, Attempt>();
  const acks: Ack[] = [];
  const observers: Observer[] = [];
  const presence: Presence[] = [];
  const samples: Sample[] = [];
  const claims: Claim[] = [];
  const failed = new Set<string>();
  const waits: number[] = [];

  return {
    attempts,
    acks,
    observers,
    presence,
    samples,
    claims,
    /** Texts that somebody was told could not be sent. */
    failed,
    /** From sending to seeing one's own message stored: ms. */
    waits,

    attempt(attempt: Attempt) {
      attempts.set(attempt.unordered ? `${attempt.clientId} ${attempts.size}` : attempt.text, attempt);
    },

    ack(ack: Omit<Ack, "at">, text?: string) {
      const at = Date.now();
      acks.push({ ...ack, at });
      const attempt = text === undefined ? undefined : attempts.get(text);
      if (attempt) waits.push(at - attempt.at);
    },

    claim(name: string, holds: boolean, saw: string | number) {
      claims.push({ name, holds, saw: String(saw) });
    },

    observer(id: string, side: Observer["side"]): Observer {
      const observer: Observer = { id, side, sightings: [], rendered: [], completeIn: [] };
      observers.push(observer);
      return observer;
    },

    /** The socket, with an ear on what is sent through it and what is answered. */
    listenIn(socket: LiveSocket, side: "customer" | "cs"): LiveSocket {
      return {
        get state() {
          return socket.state;
        },
        get timings() {
          return socket.timings;
        },
        get staff() {
          return socket.staff;
        },
        onState: socket.onState,
        on: socket.on,
        notify: socket.notify,
        close: socket.close,
        request: async <T>(event: string, data: object = {}) => {
          const answer = await socket.request<T>(event, data);
          if (event.endsWith(":send_message")) {
            const { sessionId, clientId, content } = data as { sessionId: string; clientId: string; content: string };
            const { seq } = answer as { seq: number };
            this.ack({ chat: sessionId, side, clientId, seq }, content);
          }
          return answer;
        },
      };
    },
  };
}

/** Notes each message when it first stands on the screen; one that stands there twice is noted twice. */
export function watchScreen(observer: Observer, chat: string, side: "customer" | "cs") {
  let before: readonly Message[] = [];
  const known = new Set<number>();
  return (messages: readonly Message[]) => {
    const last = before.length - 1;
    const grew = last < 0 || messages[last] === before[last];
    const places = new Set<number>();
    for (const message of grew ? messages.slice(before.length) : messages) {
      if (known.has(message.seq) && !places.has(message.seq) && !grew) {
        places.add(message.seq);
        continue;
      }
      places.add(message.seq);
      known.add(message.seq);
      observer.sightings.push(sightingOf(chat, message, message.senderType === side));
    }
    before = messages;
  };
}

export function sightingOf(chat: string, m: Message, own: boolean): Sighting {
  const line = { chat, seq: m.seq, side: m.senderType, clientId: m.clientId, text: m.content };
  return { ...line, at: Date.now(), ...(own && { own }) };
}
