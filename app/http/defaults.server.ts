import type { RequestHandler } from "express";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** TRACE would read a request's cookies back to whoever asks, and nothing here answers the others. */
export const refuseOddMethods: RequestHandler = (req, res, next) => {
  if (METHODS.has(req.method)) return next();
  res
    .status(405)
    .set("Allow", [...METHODS].join(", "))
    .type("text/plain")
    .send("There is no such method here.");
};

/** Nothing keeps an answer that does not say it may be kept: a forgotten header must not leave a page in a browser. */
export const keepNothing: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => typeof res;
  res.writeHead = (...args: unknown[]) => {
    if (!res.hasHeader("Cache-Control")) res.set("Cache-Control", "private, no-store");
    return writeHead(...args);
  };
  next();
};
