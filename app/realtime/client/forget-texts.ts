import { browserStorage, keep, keysOf } from "./storage";

const OF_STAFF = ["outbox", "draft", "files"].map((what) => `heradesk:${what}:cs:`);

/** What was written to customers and is not sent: somebody who signs out leaves none of it in this browser. */
export function forgetStaffTexts(storage = browserStorage()): void {
  for (const prefix of OF_STAFF) for (const key of keysOf(storage, prefix)) keep(storage, key, null);
}
