import type { NextFunction, Request, Response } from "express";
import { allowedOrigins } from "~/auth/origins.server";
import { env } from "~/env.server";

/**
 * A trial answers to this machine's own names alone: a page elsewhere whose name is made to point here (DNS rebinding)
 * would else be let in with the demo accounts. A deployment's Host is what its proxy says, and is believed for nothing.
 */
export function refuseStrangeHosts(req: Request, res: Response, next: NextFunction) {
  if (!env().LOCAL_TRIAL || hostnames().has(hostnameOf(req.headers.host))) return next();
  res.status(421).type("text/plain").send("There is no such host here.");
}

const hostnames = () => new Set(allowedOrigins().map((origin) => new URL(origin).hostname));

function hostnameOf(host: string | undefined) {
  return host && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
}
