import type { NextFunction, Request, Response } from "express";

const MOST_BYTES = 100_000_000;
const PATIENCE_MS = 60_000;

/**
 * A browser reads an answer only when its whole upload is through: what is left of a body that was refused is read and
 * forgotten, within limits.
 */
export function discardRest(req: Request, res: Response, next: NextFunction) {
  if (req.method !== "GET" && req.method !== "HEAD")
    res.once("finish", () => {
      if (!req.complete && !req.destroyed) discard(req);
    });
  next();
}

function discard(req: Request) {
  const cut = setTimeout(() => req.destroy(), PATIENCE_MS).unref();
  let bytes = 0;
  req.removeAllListeners("data");
  req.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) req.destroy();
  });
  req.once("close", () => clearTimeout(cut));
  req.resume();
}
