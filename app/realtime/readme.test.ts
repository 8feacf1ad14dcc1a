import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { customerEvents } from "./customer-events.server";
import { adminEvents, agentEvents } from "./staff-events.server";

const readme = await readFile("README.md", "utf8");

describe("the README's protocol", () => {
  test("names every event that a socket may say, and no other", () => {
    const known = new Set([customerEvents, agentEvents, adminEvents].flatMap((table) => [...table.keys()]));
    const table = readme.slice(readme.indexOf("| from "), readme.indexOf("News come as"));
    const written = table.match(/(?<=`)(customer|cs|admin|chat):[a-z_]+/g) ?? [];
    expect(new Set(written.filter((name) => name !== "chat:resumed"))).toEqual(known);
  });

  test("names every call", async () => {
    const files = (await readdir("app/routes")).filter((name) => name.startsWith("api.") && name !== "api.$.ts");
    const calls = files.map(
      (name) =>
        `/${name
          .slice(0, -3)
          .replaceAll(/_?(?<!\[)\.(?!\])/g, "/")
          .replaceAll("[.]", ".")
          .replaceAll("$", ":")}`,
    );
    const missing = calls.filter((call) => !readme.includes(call) && !readme.includes(`\`/${call.split("/").pop()}\``));
    expect(missing.filter((call) => call !== "/api/cs/chats/:id")).toEqual([]);
  });
});
