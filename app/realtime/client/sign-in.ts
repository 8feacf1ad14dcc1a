import type { Fetch } from "./over-http";
import type { Timings } from "./timings";

export type SignIn = "renewed" | "refused" | "unknown";

/**
 * A new pair of cookies. Tabs that ask at the same moment take turns, since the old refresh token is spent by the first.
 * "unknown": nobody answered, so nothing is known about being signed in.
 */
export async function renewSignIn(send: Fetch): Promise<SignIn> {
  const ask = async (): Promise<SignIn> => {
    const response = await send("/api/auth/refresh", { method: "POST" }).catch(() => null);
    if (response?.ok) return "renewed";
    return response && response.status < 500 && response.status !== 429 ? "refused" : "unknown";
  };
  const locks = typeof document === "undefined" ? undefined : navigator.locks;
  return locks ? locks.request("heradesk:refresh", ask) : ask();
}

/** A renewal serves everybody who was refused before it; being refused straight after one is final. */
export function keepSignedIn(ask: () => Promise<SignIn>, { now, silenceMs }: Timings) {
  let renewedAt = -Infinity;
  let asking: Promise<SignIn> | null = null;

  async function askOnce(): Promise<SignIn> {
    if (now() - renewedAt < silenceMs) return "refused";
    const outcome = await ask();
    if (outcome === "renewed") renewedAt = now();
    return outcome;
  }

  return {
    /** `since`: when the request began that was refused. */
    async renew(since: number): Promise<SignIn> {
      if (since < renewedAt) return "renewed";
      asking ??= askOnce().finally(() => (asking = null));
      return asking;
    },
  };
}
