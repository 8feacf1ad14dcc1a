import type { Watcher } from "./proxy.ts";
import type { Random } from "./random.ts";

const WRITES = /insert into messages|^\s*commit/i;

/**
 * Lets every statement through and, for a fraction of the commits, drops the connection when the server has committed and
 * its answer is on the way: the sender cannot know. Killing backends alone does not produce this.
 * Reads PostgreSQL's protocol 3 between client and server.
 */
export function cutCommits(random: Random, options: { fraction: () => number; onCut: () => void }): () => Watcher {
  return () => {
    const fromClient = framesOf({ startup: true });
    const writing = new Set<string>();
    let armed = false;
    let held: Buffer[] = [];
    return {
      up(bytes) {
        for (const { type, body } of fromClient(bytes)) {
          if (type === "P") remember(writing, body);
          const commits =
            (type === "B" && writing.has(secondString(body))) || (type === "Q" && WRITES.test(body.toString("utf8")));
          if (commits && random() < options.fraction()) armed = true;
        }
      },
      down(bytes) {
        if (!armed) return bytes;
        held.push(bytes);
        const answer = Buffer.concat(held);
        const frames = framesOf({ startup: false })(answer);
        const ready = frames.find((frame) => frame.type === "Z");
        if (!ready) return Buffer.alloc(0);
        armed = false;
        held = [];
        // Inside an explicit transaction nothing is committed yet, and an error says so: neither is ambiguous.
        if (ready.body.toString("latin1") !== "I" || frames.some((frame) => frame.type === "E")) return answer;
        options.onCut();
        return null;
      },
    };
  };
}

interface Frame {
  type: string;
  body: Buffer;
}

/** Cuts a stream into messages; the first one of a client has no type. */
function framesOf({ startup }: { startup: boolean }) {
  let rest: Buffer = Buffer.alloc(0);
  let first = startup;
  return (bytes: Buffer): Frame[] => {
    rest = Buffer.concat([rest, bytes]);
    const frames: Frame[] = [];
    for (;;) {
      const head = first ? 0 : 1;
      if (rest.length < head + 4) return frames;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return frames;
      frames.push({ type: first ? "" : String.fromCharCode(rest[0] ?? 0), body: rest.subarray(head + 4, length) });
      rest = rest.subarray(length);
      first = false;
    }
  };
}

/** Parse: statement name, text. */
function remember(writing: Set<string>, body: Buffer) {
  const end = body.indexOf(0);
  const name = body.toString("utf8", 0, end);
  if (WRITES.test(body.toString("utf8", end + 1))) writing.add(name);
  else writing.delete(name);
}

/** Bind: portal, statement name. */
function secondString(body: Buffer) {
  const start = body.indexOf(0) + 1;
  return body.toString("utf8", start, body.indexOf(0, start));
}
