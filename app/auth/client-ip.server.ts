import type { IncomingMessage } from "node:http";
import { env } from "~/env.server";

/** The address that a request or an upgrade came from. */
export const ipOf = ({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">) =>
  clientIp(socket.remoteAddress, headers["x-forwarded-for"]);

/**
 * The caller's address. X-Forwarded-For is believed only as far as TRUST_PROXY proxies of ours have written it:
 * what stands further left, the caller may have made up.
 */
export function clientIp(remote: string | undefined, forwardedFor: string | string[] | undefined): string {
  const hops = env().TRUST_PROXY;
  const written = [forwardedFor ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((s) => s.trim());
  const chain = [...written.filter(Boolean), remote ?? ""];
  return chain.at(-1 - Math.min(hops, chain.length - 1)) || "unknown";
}
