import { log } from "~/log.server";
import { currentStorage } from "./storage.server";

/**
 * For the line at start: where files go. A storage that does not answer is named in a warning, and the chat is served
 * without it: files are refused until it is back.
 */
export function storageInUse(): string {
  const storage = currentStorage();
  storage.check().catch((error: unknown) => {
    log().warn({ error: String(error), files: storage.kind, place: storage.place }, "the file storage does not answer");
  });
  return `${storage.kind}: ${storage.place}`;
}
