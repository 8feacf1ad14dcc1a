import { request } from "node:http";
import { PASSWORD, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

const HOSTILE = [
  ..."//evil.example ///evil.example ////evil.example/cs /\\evil.example \\\\evil.example \\/evil.example".split(" "),
  ..."https://evil.example http:evil.example HTTPS://evil.example //evil.example\\@127.0.0.1 //127.0.0.1@evil.example".split(
    " ",
  ),
  ..."javascript:alert(1) JaVaScRiPt:alert(1) data:text/html,x vbscript:x blob:x cs ../cs ./cs ?x #x".split(" "),
  ..."/%2f/evil.example%0d%0a /%5cevil.example\u0001 //evil%E3%80%82example //evil.example%00 //0x7f000001".split(" "),
  "/\t/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/\n/evil.example",
  "/\r\nSet-Cookie: a=b",
  "/cs\r\nLocation: https://evil.example",
  "/\u0000/evil.example",
  "/\u65e5\u672c",
  "/\uff0f/evil.example",
  "／／evil.example",
  "//evil.example?.127.0.0.1",
  "//evil.example#@127.0.0.1",
  "https:/evil.example",
  "///\\;@evil.example",
];

/** Where a sign-in, a theme or a language may lead to: a path here, or the usual page. */
export async function redirects(target: Target, tally: Tally, { short }: { short: boolean }) {
  const [url] = target.urls;
  const post = (path: string, fields: Record<string, string>) =>
    fetch(url + path, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: url },
      body: new URLSearchParams(fields),
    });
  const signIn = (redirectTo: string) => post("/login", { username: "unassigned", password: PASSWORD, redirectTo });
  for (const [i, redirectTo] of HOSTILE.entries()) {
    const answers: [string, Response][] = [["theme", await post("/theme", { theme: "dark", redirectTo })]];
    // A password takes its quarter of a second.
    if (!short || i % 8 === 0) answers.push(["login", await signIn(redirectTo)]);
    for (const [name, answer] of answers) {
      const to = answer.headers.get("Location") ?? "";
      const away = to !== "" && new URL(to, url).origin !== url;
      const planted = answer.headers.getSetCookie().some((cookie) => cookie.startsWith("a="));
      tally.attack(`${name} to ${JSON.stringify(redirectTo)}`, !away && !planted && answer.status === 303, to);
    }
  }
  const good = (await signIn("/cs/history?q=a")).headers.get("Location");
  tally.control("login leads to a path of ours", good === "/cs/history?q=a", good);
  await hosts(target, tally);
}

const HOSTS = [
  "evil.example",
  "127.0.0.1.evil.example",
  "evil.example:80",
  "127.0.0.1@evil.example",
  "localhost.evil.example",
  "[::ffff:8.8.8.8]",
  "evil.example#127.0.0.1",
  "*",
  "",
  "127.0.0.1 evil.example",
];

/** A Host that is not ours is refused, and a forwarded one is written nowhere. */
async function hosts({ urls: [url], instances }: Target, tally: Tally) {
  const { port } = instances[0];
  for (const host of HOSTS) {
    const { status, text, headers } = await get(port, "/login", { Host: host });
    const refused = [400, 421].includes(status) && !text.includes("evil.example");
    tally.attack(`Host: ${host}`, refused && !headers.includes("evil.example"), status);
  }
  for (const header of [
    "X-Forwarded-Host",
    "X-Original-URL",
    "X-Rewrite-URL",
    "Forwarded",
    "X-Host",
    "X-Forwarded-Proto",
  ]) {
    const value = header === "Forwarded" ? "host=evil.example" : header.includes("URL") ? "/admin" : "evil.example";
    const { status, text, headers } = await get(port, "/cs", { Host: new URL(url).host, [header]: value });
    const held = status === 302 && !text.includes("evil.example") && !headers.includes("evil.example");
    tally.attack(`${header}: ${value}`, held, `${status} ${headers}`);
  }
  const right = await get(port, "/login", { Host: `localhost:${port}` });
  tally.control("our own names are answered", right.status === 200, right.status);
}

function get(port: number, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; text: string; headers: string }>((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, headers, setHost: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, headers: JSON.stringify(response.headers) }),
      );
    });
    asked.on("error", reject).end();
  });
}
