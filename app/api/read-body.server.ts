import { TooLarge } from "~/chat/errors";
import { sizeText } from "~/files/shapes";

/** The longest message in the widest encoding, several times over. */
export const MOST_TEXT_BYTES = 256_000;

/**
 * A whole body as text. It is held in memory, so a stranger's is given up as soon as it is too long, also when nobody
 * said how long it would be; what is left of it is discarded by http/discard-rest. @throws TooLarge
 */
export async function readText(request: Request, mostBytes = MOST_TEXT_BYTES): Promise<string> {
  const tooLarge = new TooLarge(`That is too much at once: at most ${sizeText(mostBytes)}.`);
  if (Number(request.headers.get("Content-Length")) > mostBytes) throw tooLarge;
  if (!request.body) return "";
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new TextDecoder().decode(Buffer.concat(chunks));
      size += value.byteLength;
      if (size > mostBytes) throw tooLarge;
      chunks.push(value);
    }
  } finally {
    reader.releaseLock();
  }
}
