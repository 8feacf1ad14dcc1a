import { createReadStream } from "node:fs";
import { fileTypeFromFile } from "file-type";
import { UnsupportedType } from "~/chat/errors";
import { extensionOf, FILE_TYPES, type FileType } from "./file-types";

/** Browsers say this, or nothing, when their system does not know the extension. */
const NO_OPINION = ["", "application/octet-stream", "binary/octet-stream"];
const HEAD_BYTES = 1_024;

/** The type of a name and what was declared with it, before a byte is read. @throws UnsupportedType */
export function typeByName(name: string, declared: string, allowed: readonly string[]): FileType {
  const extension = extensionOf(name);
  const known = allowed.includes(extension) ? FILE_TYPES[extension] : undefined;
  if (!known) throw new UnsupportedType(`Files of this kind are not taken here. Taken are: ${allowed.join(", ")}.`);
  const essence = declared.split(";")[0]?.trim().toLowerCase() ?? "";
  if (![known.type, ...(known.aliases ?? []), ...NO_OPINION].includes(essence)) throw contradiction(extension);
  return known;
}

/** Whether the content is what the name says: all three have to agree. @throws UnsupportedType */
export async function requireContent(path: string, name: string, known: FileType): Promise<void> {
  // What the detector cannot follow to its end counts as unknown.
  const found = await fileTypeFromFile(path).catch(() => undefined);
  const fits = known.magic
    ? found !== undefined && known.magic.includes(found.ext)
    : !found && (await isPlainText(path));
  if (!fits) throw contradiction(extensionOf(name));
}

const contradiction = (extension: string) =>
  new UnsupportedType(`What is in this file is not what .${extension} says it is.`);

/** No bytes that text never has, and nothing that a browser could take for markup. */
async function isPlainText(path: string): Promise<boolean> {
  let head = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (chunk.some(isBinary)) return false;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
  }
  return !/^[\ufeff\s]*<[!?/a-z]/i.test(head.toString("utf8"));
}

/** The "binary data bytes" of the MIME Sniffing standard. */
const isBinary = (byte: number) =>
  byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
