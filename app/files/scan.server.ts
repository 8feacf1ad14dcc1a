import { createReadStream } from "node:fs";
import { connect } from "node:net";
import { once } from "node:events";
import { Invalid, Refusal } from "~/chat/errors";
import { log } from "~/log.server";

const DEFAULT_PORT = 3310;
const SILENCE_MS = 20_000;
const LONGEST_ANSWER = 4_096;

/**
 * Has clamd look at a file, by its INSTREAM command. `host` is host or host:port.
 * @throws Invalid when something is found; a Refusal when it cannot be asked and `unreachable` says to refuse.
 */
export async function scanFile(host: string, path: string, unreachable: "refuse" | "allow"): Promise<void> {
  const answer = await ask(host, path).catch((error: unknown) => {
    log().warn({ error: String(error), unreachable }, "the virus scanner cannot be asked");
    return null;
  });
  if (answer?.endsWith(" OK")) return;
  if (answer?.endsWith(" FOUND")) {
    log().warn({ answer }, "a file was refused by the virus scanner");
    throw new Invalid("This file was refused: the virus scanner found something in it.");
  }
  if (answer !== null) log().warn({ answer }, "the virus scanner could not look at a file");
  if (unreachable === "refuse")
    throw new Refusal("UNAVAILABLE", "Files cannot be checked at the moment. Your text is kept: try the file later.", {
      retryAfterSeconds: 60,
    });
}

/** zINSTREAM: chunks with their length before them, an empty one at the end, and an answer of one line. */
async function ask(host: string, path: string): Promise<string> {
  const [name = "", port = String(DEFAULT_PORT)] = host.split(":");
  const socket = connect({ host: name, port: Number(port) });
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error("it says nothing")));
  const answered = readAnswer(socket);
  // It may answer, and hang up, before it has everything.
  answered.catch(() => {});
  try {
    await once(socket, "connect");
    socket.write("zINSTREAM\0");
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      if (socket.writableEnded || socket.destroyed) break;
      socket.write(lengthOf(chunk));
      if (!socket.write(chunk)) await Promise.race([once(socket, "drain"), answered]);
    }
    socket.write(Buffer.alloc(4));
    return await answered;
  } finally {
    socket.destroy();
  }
}

function readAnswer(socket: ReturnType<typeof connect>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (part) => {
      text += part;
      if (text.length > LONGEST_ANSWER) socket.destroy(new Error("its answer has no end"));
      else if (text.includes("\0")) resolve(text.slice(0, text.indexOf("\0")).trim());
    });
    socket.once("error", reject);
    socket.once("close", () => (text.trim() ? resolve(text.trim()) : reject(new Error("it hung up"))));
  });
}

function lengthOf(chunk: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}
