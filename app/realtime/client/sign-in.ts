import type { Fetch } from "./over-http";

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
