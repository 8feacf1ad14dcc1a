import { openConversation } from "../conversation";
import { openSocket } from "../socket";

/** What the page of the browser's tests runs: one chat, with waits so long that only the browser's own news can end them. */
export function open(patient: boolean) {
  const waits = patient ? { backoffBaseMs: 60_000, backoffCapMs: 60_000, random: () => 0.999 } : { backoffCapMs: 200 };
  const socket = openSocket({ path: "/ws/chat", ...waits });
  return openConversation({ socket, side: "customer", sessionId: "s1", messages: [] });
}
