import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import busboy from "busboy";
import { Invalid, TooLarge, UnsupportedType } from "~/chat/errors";
import { sizeText } from "~/files/shapes";

export interface FilePart {
  name: string;
  declaredType: string;
  stream: Readable;
}

interface Limits {
  files: number;
  /** The whole body. */
  bytes: number;
  /** Of one text; what is longer is cut. */
  fieldBytes?: number;
}

const LONGEST_FIELD_BYTES = 64_000;
const SILENCE_MS = 30_000;

export const isMultipart = (request: Request) =>
  /^multipart\/form-data\b/i.test(request.headers.get("Content-Type") ?? "");

/**
 * Reads a form as it arrives: `take` is given one file after the other, and what it leaves unread is passed over. The
 * body is never held in memory; what comes after a refusal is discarded by http/discard-rest.
 * @returns the texts, in order @throws Invalid, TooLarge, UnsupportedType
 */
export async function readMultipart(
  request: Request,
  { files, bytes, fieldBytes = LONGEST_FIELD_BYTES }: Limits,
  take: (part: FilePart) => Promise<void>,
): Promise<[string, string][]> {
  if (!isMultipart(request) || !request.body) throw new UnsupportedType("Send it as multipart/form-data.");
  if (Number(request.headers.get("Content-Length")) > bytes) throw tooMuch(bytes);
  const parser = parserFor(request, files, fieldBytes);
  const fields: [string, string][] = [];
  let taken: Promise<void> = Promise.resolve();
  // It says so again when it is given up; by then everybody knows.
  parser.on("error", () => {});
  parser.on("field", (name, value) => fields.push([name, value]));
  parser.on("file", (_field, file, { filename, mimeType }) => {
    const stream = new PassThrough();
    const pass = () => (file.unpipe(stream), file.resume());
    file.on("error", (error) => stream.destroy(error));
    // Nobody may be listening any more.
    stream.on("error", () => {});
    file.pipe(stream);
    // A field for files that was left empty.
    if (!filename) return void pass();
    taken = taken.then(() => take({ name: filename, declaredType: mimeType, stream })).finally(pass);
    taken.catch(() => {});
  });
  await feed(parser, request.body, bytes);
  await taken;
  return fields;
}

function parserFor(request: Request, files: number, fieldSize: number) {
  try {
    return busboy({
      headers: { "content-type": request.headers.get("Content-Type") ?? "" },
      defParamCharset: "utf8",
      limits: { files, fields: 60, parts: files + 60, fieldSize, headerPairs: 20 },
    });
  } catch {
    throw new Invalid("The form cannot be read.");
  }
}

/** Without cancelling the body, which would cut the connection before the answer. */
async function feed(parser: busboy.Busboy, body: ReadableStream<Uint8Array>, mostBytes: number) {
  const broken = once(parser, "close").catch(() => Promise.reject(new Invalid("The form ends too early.")));
  broken.catch(() => {});
  const reader = body.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read());
      if (done) break;
      size += value.byteLength;
      if (size > mostBytes) throw tooMuch(mostBytes);
      if (!parser.write(value)) await Promise.race([once(parser, "drain"), broken]);
    }
    parser.end();
    await broken;
  } catch (error) {
    parser.destroy(error as Error);
    throw error;
  } finally {
    reader.releaseLock();
  }
}

async function inTime<T>(read: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Invalid("Nothing came for too long.")), SILENCE_MS);
  });
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}

const tooMuch = (bytes: number) => new TooLarge(`That is too much at once: at most ${sizeText(bytes)}.`);
