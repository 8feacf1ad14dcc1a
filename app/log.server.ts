import pino from "pino";
import { env } from "./env.server";

let logger: pino.Logger | undefined;

/** JSON, one line each. Never a password, token, cookie or message text. */
export function log(): pino.Logger {
  return (logger ??= pino({ level: env().LOG_LEVEL, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }));
}
