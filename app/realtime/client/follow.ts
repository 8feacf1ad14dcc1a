import type { Message } from "~/chat/shapes";
import { backoffMs } from "./backoff";
import { Refused } from "./refused";
import type { LiveSocket } from "./socket";
import { pause } from "./timed";
import { connected } from "./when-connected";

interface FollowOptions {
  socket: LiveSocket;
  sessionId: string;
  /** The newest seq that is known without anything missing before it. */
  after: number;
  /** `fresh`: the server has less than we had (a backup was restored), and these are all there is. */
  deliver(messages: Message[], fresh: boolean): void;
}

/** So long may the rows of a resume wait to be shown together. */
const GATHER_MS = 50;
const HOPELESS = ["NOT_FOUND", "NOT_ALLOWED", "INVALID"];

/**
 * Everything in one chat, from a position on, over sockets or polls. The position moves with what the stream brought
 * only once the stream has caught up: a live row that overtakes a resume must not hide what the resume still brings.
 */
export function followChat({ socket, sessionId, after, deliver }: FollowOptions) {
  const { timings } = socket;
  let cursor = after;
  let newest = 0;
  /** Everything up to here has been delivered. */
  let shown = after;
  let caughtUp = false;
  let gathered: Message[] = [];
  let sinceStart: Message[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
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
    // Ours again: what was written while it was somebody else's has to be asked for.
    ...["chat:new_assigned", "chat:transferred_in"].map((event) =>
      socket.on(event, ({ chat }: { chat?: { id: string } }) => {
        if (chat?.id === sessionId) void start();
      }),
    ),
    socket.onState(() => void start()),
  ];
  void start();

  function take(message: Message): void {
    newest = Math.max(newest, message.seq);
    gathered.push(message);
    if (caughtUp) {
      cursor = Math.max(cursor, newest);
      if (!gathering) showAndGather();
    } else {
      sinceStart.push(message);
      gathering ??= setTimeout(show, GATHER_MS);
    }
  }

  /** The first row is shown at once, those on its heels together: a flood is not drawn row by row. */
  function showAndGather(): void {
    show();
    gathering = setTimeout(() => {
      gathering = undefined;
      if (gathered.length > 0) showAndGather();
    }, GATHER_MS);
  }

  function show(fresh = false): void {
    clearTimeout(gathering);
    gathering = undefined;
    const messages = caughtUp ? gathered.splice(0) : inLine();
    shown = Math.max(fresh ? 0 : shown, ...messages.map(({ seq }) => seq));
    if (messages.length > 0 || fresh) deliver(messages, fresh);
  }

  /** Before the stream has caught up, a live row waits for those that it overtook: nothing is put in above what is read. */
  function inLine(): Message[] {
    gathered.sort((a, b) => a.seq - b.seq);
    const gap = gathered.findIndex(({ seq }, i) => seq > Math.max(shown, gathered[i - 1]?.seq ?? 0) + 1);
    return gathered.splice(0, gap < 0 ? gathered.length : gap);
  }

  async function start(): Promise<void> {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    caughtUp = false;
    newest = 0;
    sinceStart = [];
    for (let attempt = 0; !signal.aborted && connected(socket);) {
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
    clearTimeout(gathering);
    for (const one of stops) one();
  };
}
