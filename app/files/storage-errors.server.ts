import { Refusal } from "~/chat/errors";
import { log } from "~/log.server";

/** The row is there and its bytes are not. */
export class FileGone extends Error {}

/** Disk full, S3 away: not the sender's fault, and the chat goes on. */
export class StorageUnavailable extends Refusal {
  constructor() {
    super(
      "UNAVAILABLE",
      "Files cannot be stored at the moment. Your text is kept: send it, or try the file again later.",
      {
        retryAfterSeconds: 30,
      },
    );
  }
}

/** Runs work on a storage; what goes wrong there is logged, and refused in words. @throws StorageUnavailable */
export async function onStorage<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal || error instanceof FileGone) throw error;
    log().error({ error: String(error), what }, "the file storage failed");
    throw new StorageUnavailable();
  }
}
