import { randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { ipOf } from "~/auth/client-ip.server";
import { log, withRequestId } from "~/log.server";

/** Asked for all the time, and worth a line only to whoever looks closely. */
const QUIET = /^\/(build\/|api\/health$|metrics$)/;

/** Of a link to choose a password, the rest of the path is what opens it. */
export const loggedPath = (path: string) => path.replace(/^(\/+reset\/+)[^/]+/i, "$1-");

/**
 * One line for each request when it is over, with an id that the answer carries too. Of the address only the path is
 * kept: what people search for, and tokens in a query, are nobody's business.
 */
export function logRequests(req: Request, res: Response, next: NextFunction) {
  const requestId = randomUUID();
  const began = performance.now();
  const { method, path } = req;
  res.set("X-Request-Id", requestId);
  res.on("close", () => {
    const line = {
      requestId,
      method,
      path: loggedPath(path),
      status: res.statusCode,
      ms: Math.round(performance.now() - began),
      ip: ipOf(req),
      ...(!res.writableFinished && { cut: true }),
    };
    log()[levelOf(res.statusCode, path)](line, "request");
  });
  withRequestId(requestId, next);
}

function levelOf(status: number, path: string) {
  if (status >= 500) return "error";
  return QUIET.test(path) ? "debug" : "info";
}
