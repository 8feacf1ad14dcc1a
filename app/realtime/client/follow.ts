import type { Message } from "~/chat/shapes";
import { backoffMs } from "./backoff";
import { Refused } from "./refused";
import type { LiveSocket } from "./socket";
import { pause } from "./timed";

interface FollowOptions {
  socket: LiveSocket;
  sessionId: string;
  /** The newest seq that is known without anything missing before it. */
  after: number;
  /** `fresh`: the server has less than we had (a backup was restored), and these are all there is. */
  deliver(messages: Message[], fresh: boolean): void;
}

const HOPELESS = ["NOT_FOUND", "NOT_ALLOWED", "INVALID"];

/**
 * Everything in one chat, from a position on, over sockets or polls. The position moves with what the stream brought
 * only once the stream has caught up: a live row that overtakes a resume must not hide what the resume still brings,
 * nor be shown before it.
 */
export function followChat({ socket, sessionId, after, deliver }: FollowOptions) {
  const { timings } = socket;
  let cursor = after;
  let newest = 0;
  let caughtUp = false;
  let gathered: Message[] = [];
  let sinceStart: Message[] = [];
  let turn = new AbortController();

  const stops = [
    socket.on("chat:message", (heard: { sessionId: string; message: Message }) => {
      if (heard.sessionId === sessionId) take(heard.message);
    }),
    socket.on("chat:resumed", (resumed: { sessionId: string; seq: number }) => {
      if (resumed.sessionId !== sessionId) return;
      const fresh = !caughtUp && resumed.seq < cursor;
      cursor = fresh ? resumed.seq : Math.max(cursor, resumed.seq, newest);
      caughtUp = true;
      if (fresh) gathered = sinceStart;
      sinceStart = [];
      show(fresh);
    }),
    socket.onState(() => void start()),
  ];
  void start();

  function take(message: Message): void {
    newest = Math.max(newest, message.seq);
    gathered.push(message);
    if (caughtUp) {
      cursor = Math.max(cursor, newest);
      show();
    } else sinceStart.push(message);
  }

  function show(fresh = false): void {
    const messages = gathered;
    gathered = [];
    if (messages.length > 0 || fresh) deliver(messages, fresh);
  }

  async function start(): Promise<void> {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    caughtUp = false;
    newest = 0;
    sinceStart = [];
    for (let attempt = 0; !signal.aborted && (socket.state === "live" || socket.state === "polling");) {
      const polling = socket.state === "polling";
      const begun = timings.now();
      try {
        await socket.request("chat:resume", { sessionId, after: cursor, ...(polling && pollWait()) });
        if (!polling) return;
        attempt = 0;
        // A server that does not hold the call must not be asked in a tight loop.
        if (timings.now() - begun < 1_000) await pause(timings.pollPauseMs, signal);
      } catch (error) {
        if (!polling && error instanceof Refused && HOPELESS.includes(error.code)) return;
        await pause(Math.max(100, backoffMs(attempt++, timings)), signal);
      }
    }
  }

  function pollWait(): { wait: number } {
    return { wait: socket.staff ? 0 : timings.pollWaitSeconds };
  }

  return function stop(): void {
    turn.abort();
    for (const one of stops) one();
  };
}
