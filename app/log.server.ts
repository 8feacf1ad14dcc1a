import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { env } from "./env.server";

let logger: pino.Logger | undefined;
const requestIds = new AsyncLocalStorage<string>();

/** JSON, one line each. Never a password, token, cookie or message text. */
export function log(): pino.Logger {
  return (logger ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin() {
      const requestId = requestIds.getStore();
      return requestId ? { requestId } : {};
    },
  }));
}

/** Every line that `work` leads to carries the id. */
export const withRequestId = (requestId: string, work: () => void): void => requestIds.run(requestId, work);
