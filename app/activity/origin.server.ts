import { AsyncLocalStorage } from "node:async_hooks";

/** Where a request came from, for the log. */
export interface Origin {
  ip: string | null;
  userAgent: string | null;
}

const current = new AsyncLocalStorage<Origin>();

/** Everything that `work` logs, at once or later, came from there. */
export const cameFrom = <T>({ ip, userAgent }: Origin, work: () => T): T => current.run({ ip, userAgent }, work);

/** Nobody's request: the program did it by itself. */
export const origin = (): Origin => current.getStore() ?? { ip: null, userAgent: null };
