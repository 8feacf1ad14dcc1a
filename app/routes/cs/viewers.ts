import type { LiveSocket } from "~/realtime/client/socket";
import type { Readable } from "~/realtime/client/store";

export interface Viewer {
  userId: number;
  name: string;
  isTyping: boolean;
}

interface Seen extends Viewer {
  until: number;
}

interface Heard {
  sessionId: string;
  userId: number;
  name?: string;
  isHere?: boolean;
  isTyping?: boolean;
}

type Viewers = ReadonlyMap<string, readonly Viewer[]>;

/** Said again this often; whoever is silent for longer than two and a bit of these is gone. */
const REPEAT_MS = 15_000;
const PRESENT_MS = 35_000;

/**
 * Which colleagues have the same chat open, and that one has it open oneself. Nothing of it is stored: each says so now and
 * then, and at once to somebody new.
 */
export function watchViewers(
  socket: LiveSocket,
): Readable<Viewers> & { look(sessionId: string | null): void; stop(): void } {
  const { timings } = socket;
  const seen = new Map<string, Map<number, Seen>>();
  const readers = new Set<() => void>();
  let snapshot: Viewers = new Map();
  let looking: string | null = null;

  function say(isHere: boolean): void {
    if (looking) socket.notify("cs:viewing", { sessionId: looking, isHere });
  }

  function hear({ sessionId, userId, name = "", isHere }: Heard): void {
    const there = seen.get(sessionId) ?? new Map<number, Seen>();
    seen.set(sessionId, there);
    const isNew = !there.has(userId);
    if (isHere)
      there.set(userId, {
        userId,
        name,
        isTyping: there.get(userId)?.isTyping ?? false,
        until: timings.now() + PRESENT_MS,
      });
    else there.delete(userId);
    show();
    if (isHere && isNew && sessionId === looking) say(true);
  }

  function hearTyping({ sessionId, userId, isTyping = false }: Heard): void {
    const one = seen.get(sessionId)?.get(userId);
    if (!one || one.isTyping === isTyping) return;
    one.isTyping = isTyping;
    show();
  }

  /** The same list as long as it says the same: what shows it is not drawn again for every sign of life. */
  function show(): void {
    const now = timings.now();
    const next = new Map<string, readonly Viewer[]>();
    for (const [sessionId, there] of seen) {
      for (const [userId, { until }] of there) if (until <= now) there.delete(userId);
      if (there.size === 0) seen.delete(sessionId);
      else
        next.set(
          sessionId,
          [...there.values()].map(({ userId, name, isTyping }) => ({ userId, name, isTyping })),
        );
    }
    if (JSON.stringify([...next]) === JSON.stringify([...snapshot])) return;
    snapshot = next;
    readers.forEach((reader) => reader());
  }

  const stops = [
    socket.on<Heard>("chat:viewing", hear),
    socket.on<Heard>("chat:cs_typing", hearTyping),
    socket.onState((state) => state === "live" && say(true)),
  ];
  const repeat = setInterval(() => {
    say(true);
    show();
  }, REPEAT_MS);

  return {
    getSnapshot: () => snapshot,
    subscribe(reader) {
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    look(sessionId) {
      if (sessionId === looking) return;
      say(false);
      looking = sessionId;
      say(true);
    },
    stop() {
      say(false);
      clearInterval(repeat);
      for (const stop of stops) stop();
    },
  };
}
