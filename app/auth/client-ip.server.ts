import { env } from "~/env.server";

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
