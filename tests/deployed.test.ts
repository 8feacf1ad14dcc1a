import { request } from "node:http";
import { expect, test } from "vitest";
import { startWorld } from "./world";

/** As behind a proxy with TLS that says nothing of itself, but for the checks of secrets, which are tried elsewhere. */
const DEPLOYED = { APP_ORIGIN: "https://chat.example.com", LOCAL_TRIAL: "false", NODE_ENV: "test" };
const world = startWorld(2, (i): Record<string, string> => (i === 0 ? DEPLOYED : {}));

const post = (path: string, fields: Record<string, string>) =>
  fetch(world.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: "https://chat.example.com" },
    body: new URLSearchParams(fields),
  });

test("each cookie over https is bound to this host, secure, and closed to scripts", async () => {
  const answers = [
    await fetch(`${world.url}/`, { headers: { Accept: "text/html" } }),
    await post("/theme", { theme: "dark" }),
    await post("/language", { language: "id" }),
  ];
  const cookies = answers.flatMap((answer) => answer.headers.getSetCookie());
  expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual(
    expect.arrayContaining(["__Host-hd_customer", "__Host-theme", "__Host-lang"]),
  );
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/);
    for (const part of ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]) expect(cookie).toContain(`; ${part}`);
  }
  expect(answers[0]?.headers.get("Strict-Transport-Security")).toBe("max-age=31536000; includeSubDomains");
});

test("what those cookies say is read", async () => {
  const page = await fetch(`${world.url}/login`, { headers: { Cookie: "__Host-theme=dark; __Host-lang=id" } });
  const html = await page.text();
  expect(html).toContain('data-theme="dark"');
  expect(html).toContain('<html lang="id');
});

test("the figures for Prometheus are for this machine in a trial, and at the main port for nobody in a deployment", async () => {
  const asked = (instance: number, headers: Record<string, string> = {}) =>
    new Promise((resolve, reject) =>
      request(`${world.instances[instance]?.url}/metrics`, { headers }, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end(),
    );
  expect(await asked(1)).toBe(200);
  expect(await asked(0)).toBe(404);
  for (const name of ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
    expect(await asked(1, { [name]: "127.0.0.1" }), name).toBe(404);
});
