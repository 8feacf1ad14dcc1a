import type { NextFunction, Request, Response } from "express";
import { log } from "~/log.server";

/** What went wrong before a route could answer: an address that cannot be read, or a fault of ours. Never a stack. */
export function answerFault(error: Error & { status?: number }, req: Request, res: Response, next: NextFunction) {
  const status = error.status && error.status >= 400 && error.status < 500 ? error.status : 500;
  if (status === 500) log().error({ error: error.stack ?? String(error) }, "a request failed");
  if (res.headersSent) return next(error);
  const message = status === 500 ? "Something went wrong here. Try again." : "This address cannot be read.";
  if (req.path.startsWith("/api/")) {
    const code = status === 500 ? "INTERNAL" : "INVALID";
    res.status(status).json({ success: false, error: { code, message } });
  } else res.status(status).type("text/plain").send(message);
}
