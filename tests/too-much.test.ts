import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { call } from "~/testing/caller";
import { openRaw } from "~/testing/raw-socket";
import { startWorld } from "./world";

// Half a percent of every limit: five sockets of strangers from one network, one of each customer.
const world = startWorld(2, (i): Record<string, string> =>
  i === 0 ? {} : { RATE_LIMIT_FACTOR: "0.005", TRUST_PROXY: "1" },
);
const TOO_LARGE = 413;
const long = "x".repeat(300_000);

const post = (path: string, body: RequestInit["body"], type?: string) =>
  fetch(world.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: world.url, ...(type && { "Content-Type": type }) },
    body,
  });

describe("a stranger's body is not held in memory without end", () => {
  test.each(["/api/auth/login", "/api/chat/init"])("JSON at %s", async (path) => {
    const { status, body } = await call(world.url, path, { body: { username: long, password: "x" } });
    expect([status, body.error?.code]).toEqual([TOO_LARGE, "TOO_LARGE"]);
  });

  test.each(["/login", "/login/code", "/language", "/theme", "/reset/x"])("a form at %s", async (path) => {
    expect((await post(path, new URLSearchParams({ username: long }))).status).toBe(TOO_LARGE);
    const parts = new FormData();
    for (let i = 0; i < 10; i++) parts.append(`field${i}`, long);
    expect((await post(path, parts)).status).toBe(TOO_LARGE);
  });

  test("of no length that was said: given up while it comes", async () => {
    const { port } = new URL(world.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1");
      socket.once("data", (data) => (resolve(data.toString()), socket.destroy())).on("error", reject);
      socket.write(
        `POST /api/auth/login HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
          "Transfer-Encoding: chunked\r\n\r\n",
      );
      // The last chunk never comes.
      for (let i = 0; i < 5; i++) socket.write(`186a0\r\n${"x".repeat(100_000)}\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("what fits is read, as form and as parts", async () => {
    const fields = { theme: "dark", redirectTo: "/login" };
    const parts = new FormData();
    for (const [name, value] of Object.entries(fields)) parts.append(name, value);
    for (const body of [new URLSearchParams(fields), parts]) {
      const answer = await post("/theme", body);
      expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/login"]);
      expect(answer.headers.get("Set-Cookie")).toContain("theme=dark");
    }
  });
});

test("one customer does not wait a hundred times at once, and another one may", async () => {
  const [greedy, other] = [await world.customer("first"), await world.customer("second")];
  const gone = new AbortController();
  const wait = ({ token }: { token: string }) =>
    fetch(`${world.url}/api/chat/messages?after=1&wait=25`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: gone.signal,
    }).then(({ status, headers }) => [status, headers.get("Retry-After")]);
  const refused: unknown[] = [];
  const many = Array.from({ length: 100 }, () =>
    wait(greedy).then(
      (answer) => void refused.push(answer),
      () => {},
    ),
  );
  await expect.poll(() => refused.length).toBe(92);
  expect(new Set(refused.map(String))).toEqual(new Set(["429,5"]));
  const patient = wait(other);
  await call(world.url, "/api/chat/messages", { token: other.token, body: { clientId: "a", content: "news" } });
  expect((await patient)[0]).toBe(200);
  gone.abort();
  await Promise.all(many);
  expect(refused).toHaveLength(92);
});

describe("sockets of strangers", () => {
  const knock = (ip: string) =>
    openRaw(`${world.instances[1]?.url}/ws/chat`, { "X-Forwarded-For": ip }).then(
      ({ socket }) => socket,
      (error: Error) => error.message,
    );

  test("are five from one network here, and one more when one has left", async () => {
    const open = [];
    for (let i = 0; i < 5; i++) open.push(await knock(`2001:db8::${i}`));
    expect(open.filter((one) => typeof one === "string")).toEqual([]);
    expect(await knock("2001:db8::99")).toBe("refused 429");
    const elsewhere = await knock("2001:db8:0:1::1");
    expect(typeof elsewhere).not.toBe("string");
    const [first] = open;
    if (typeof first !== "string") first?.close();
    await expect.poll(async () => typeof (await knock("2001:db8::100"))).toBe("object");
  });

  test("who has a chat is counted by themselves: their network may be a whole office", async () => {
    const [ann, ben] = [await world.customer("first"), await world.customer("second")];
    const come = ({ token }: { token: string }) =>
      openRaw(`${world.instances[1]?.url}/ws/chat`, {
        Authorization: `Bearer ${token}`,
        "X-Forwarded-For": "2001:db8::1",
      }).then(
        () => "open",
        (error: Error) => error.message,
      );
    expect(await come(ann)).toBe("open");
    expect(await come(ann)).toBe("refused 429");
    expect(await come(ben)).toBe("open");
  });

  test("the staff are not counted with them", async () => {
    const ada = await world.agent("ada");
    const headers = { Authorization: `Bearer ${ada.token}`, "X-Forwarded-For": "2001:db8::1" };
    const { socket } = await openRaw(`${world.instances[1]?.url}/ws/cs`, headers);
    expect(socket.readyState).toBe(socket.OPEN);
  });
});

test("what is refused for being too much is in the log, without who was guessed at", async () => {
  const strict = world.instances[1]!;
  const guess = { username: "marker-of-a-name", password: "x" };
  const { status } = await call(strict.url, "/api/auth/login", {
    body: guess,
    headers: { "X-Forwarded-For": "203.0.113.7" },
  });
  expect(status).toBe(429);
  await expect.poll(strict.log).toContain('"limit":"login","msg":"too many tries"');
  expect(strict.log()).toContain('"ip":"2001:db8::99","msg":"too many sockets from one place"');
  expect(strict.log()).not.toContain("marker-of-a-name");
});
