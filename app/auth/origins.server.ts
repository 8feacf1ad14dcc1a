import { env } from "~/env.server";

let listening: string[] = [];

/** Without APP_ORIGIN, the address we listen on is the one that people open, by whichever name they call this machine. */
export function setListeningPort(port: number) {
  const names = new Set([env().HOST, "127.0.0.1", "localhost", "[::1]"]);
  listening = [...names].map((name) => `http://${name}:${port}`);
}

export const allowedOrigins = () => env().APP_ORIGIN ?? listening;

/** @param origin the Origin header as sent; "null" and everything not listed is foreign. */
export const originAllowed = (origin: string) => allowedOrigins().includes(origin);
