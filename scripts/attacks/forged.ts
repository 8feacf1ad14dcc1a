import { builtRoutes } from "~/testing/built-routes";
import { foreignOrigins } from "~/testing/foreign-origins";
import { openRaw } from "~/testing/raw-socket";
import type { Tally } from "./tally.ts";
import { signedIn, type Target } from "./target.ts";

const FORM = "application/x-www-form-urlencoded";

/** Every route that acts × what a page elsewhere can make an admin's browser send; then the sockets. */
export async function forged(target: Target, tally: Tally) {
  const { cookie } = await signedIn(target.admin.userId);
  const [url] = target.urls;
  const patterns = [...new Set(builtRoutes().flatMap(({ pattern, hasAction }) => (hasAction ? [pattern] : [])))];
  for (const pattern of patterns) {
    const path = pattern.replace(/\/chats\/:id/, `/chats/${target.anna.chatId}`).replaceAll(/:\w+|\*/g, "1");
    for (const Origin of foreignOrigins(url))
      await send(url + path, { Origin }, `${path} from ${Origin || "an empty Origin"}`);
    await send(url + path, { "Sec-Fetch-Site": "cross-site" }, `${path} cross-site`);
    await send(url + path, { "Sec-Fetch-Site": "same-site" }, `${path} same-site`);
    await send(url + path, {}, `${path} without an Origin`);
    await send(`${url}${path}.data`, { Origin: "https://evil.example" }, `${path}.data`);
    await send(url + path, { Origin: "https://evil.example" }, `PUT ${path}`, "PUT");
    await send(url + path, { Origin: "https://evil.example" }, `DELETE ${path}`, "DELETE");
  }
  async function send(to: string, headers: Record<string, string>, name: string, method = "POST") {
    const { status } = await fetch(to, {
      method,
      redirect: "manual",
      headers: { Cookie: cookie, "Content-Type": FORM, ...headers },
      body: "status=busy",
    });
    tally.attack(name, status === 403, status);
  }
  const rightful = await fetch(`${url}/cs`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookie, "Content-Type": FORM, Origin: url },
    body: "status=busy",
  });
  tally.control("the same form from our own page", rightful.status === 303, rightful.status);
  await sockets(target, tally, cookie);
}

async function sockets({ urls: [url], anna }: Target, tally: Tally, staffCookie: string) {
  for (const [path, cookie] of [
    ["/ws/chat", anna.cookie],
    ["/ws/cs", staffCookie],
    ["/ws/admin", staffCookie],
  ] as const) {
    for (const Origin of [...foreignOrigins(url), null]) {
      const headers = { Cookie: cookie, ...(Origin !== null && { Origin }) };
      const opened = await openRaw(url + path, headers).catch((error: Error) => error.message);
      tally.attack(`${path} from ${Origin}`, typeof opened === "string" && opened.includes("403"), opened);
      if (typeof opened !== "string") opened.socket.terminate();
    }
    const ours = await openRaw(url + path, { Cookie: cookie, Origin: url }).catch((error: Error) => error.message);
    tally.control(`${path} from our own page`, typeof ours !== "string", ours);
    if (typeof ours !== "string") ours.socket.terminate();
  }
}
