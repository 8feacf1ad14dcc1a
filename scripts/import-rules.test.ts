import { ESLint } from "eslint";
import { expect, test } from "vitest";
import { IMPORT_RULES } from "./import-rules.js";

const eslint = new ESLint({ overrideConfigFile: "scripts/eslint.config.js" });

const BACK = "A door calls a domain";
const LOOKS = "What a page looks like";
const BROWSER = "This module reaches the browser";
const TESTING = "Only tests import";

/** file, line, what the refusal says */
const REFUSED: [string, string, string][] = [
  ["app/db.server.ts", 'import "~/chat/publish.server";', "know no domain"],
  ["app/env.server.ts", 'import "./auth/actor";', "know no domain"],
  ["app/db.server.ts", 'import "~/routes/login";', BACK],
  ["app/chat/x.server.ts", 'import "~/realtime/hub.server";', BACK],
  ["app/chat/x.server.ts", 'import "../realtime/hub.server";', BACK],
  ["app/chat/deep/x.server.ts", 'import "../../routes/login";', BACK],
  ["app/people/x.server.ts", 'import type { X } from "~/realtime/hub.server";', BACK],
  ["app/files/x.server.ts", 'import "~/components/button";', LOOKS],
  ["app/canned/x.server.ts", 'import { json } from "@remix-run/node";', "no transport"],
  ["app/activity/x.server.ts", 'import { WebSocket } from "ws";', "no transport"],
  ["app/reports/x.server.ts", 'import pg from "pg";', "~/db.server"],
  ["app/settings/x.server.ts", 'import "~/testing/cast.server";', TESTING],
  ["app/auth/x.server.ts", 'import "~/routes/login";', BACK],
  ["app/chat/shapes.ts", 'import { board } from "./board.server";', BROWSER],
  ["app/chat/errors.ts", 'import { randomUUID } from "node:crypto";', BROWSER],
  ["app/auth/form-token.tsx", 'import { env } from "~/env.server";', BROWSER],
  ["app/components/x.tsx", 'import { env } from "~/env.server";', BROWSER],
  ["app/components/x.tsx", 'import { Invalid } from "~/chat/errors";', "types and shapes only"],
  ["app/components/x.tsx", 'import { openSocket } from "~/realtime/client/socket";', "types and shapes only"],
  ["app/components/x.tsx", 'import "../routes/login";', "types and shapes only"],
  ["app/realtime/client/x.ts", 'import { hub } from "../hub.server";', BROWSER],
  ["app/realtime/client/x.ts", 'import { randomUUID } from "node:crypto";', BROWSER],
  ["app/realtime/hub.server.ts", 'import "~/routes/login";', LOOKS],
  ["app/routes/x.tsx", 'import { WebSocket } from "ws";', "never touch a socket"],
  ["app/routes/x/route.tsx", 'import { hub } from "~/realtime/hub.server";', "do not know each other"],
  ["app/routes/x/queries.server.ts", 'import { hub } from "~/realtime/hub.server";', "do not know each other"],
  ["app/routes/x.tsx", 'import pg from "pg";', "~/db.server"],
  ["app/routes/x/piece.tsx", 'import { board } from "~/chat/board.server";', BROWSER],
  ["app/routes/x.tsx", 'export const sql = "select pg_notify($1, $2)";', "says NOTIFY"],
  ["app/realtime/x.server.ts", "export const sql = `notify chats`;", "says NOTIFY"],
  ["app/routes/x.tsx", "export const x: any = 1;", "Unexpected any"],
];

const ALLOWED: [string, string][] = [
  ["app/chat/x.server.ts", 'import { db } from "~/db.server";\nexport { db };'],
  ["app/chat/x.server.ts", 'import { log } from "~/activity/log.server";\nexport { log };'],
  ["app/chat/x.server.ts", 'import type pg from "pg";\nexport type X = pg.PoolClient;'],
  ["app/chat/publish.server.ts", 'export const sql = "select pg_notify($1, $2)";'],
  ["app/components/x.tsx", 'import { pill } from "./pill";\nexport { pill };'],
  ["app/components/x.tsx", 'import { isOpen } from "~/chat/shapes";\nexport { isOpen };'],
  ["app/components/x.tsx", 'import type { Board } from "~/realtime/client/board";\nexport type X = Board;'],
  ["app/components/x.tsx", 'import { FormToken } from "~/auth/form-token";\nexport { FormToken };'],
  ["app/routes/x.tsx", 'import { claimChat } from "~/chat/claim-chat.server";\nexport { claimChat };'],
  ["app/routes/x/piece.tsx", 'import { openBoard } from "~/realtime/client/board";\nexport { openBoard };'],
  ["app/routes/x/piece.tsx", 'import type { loader } from "./queries.server";\nexport type X = typeof loader;'],
  ["app/realtime/upgrade.server.ts", 'import { WebSocketServer } from "ws";\nexport { WebSocketServer };'],
  [
    "app/realtime/upgrade.server.ts",
    'import { sendMessage } from "~/chat/send-message.server";\nexport { sendMessage };',
  ],
  [
    "app/chat/x.server.test.ts",
    'import { freshDatabase } from "~/testing/database.server";\nexport { freshDatabase };',
  ],
];

test.each(REFUSED)("%s refuses %s", async (filePath, line, reason) => {
  expect((await complaints(filePath, line)).join("\n")).toContain(reason);
});

test.each(ALLOWED)("%s allows %s", async (filePath, line) => {
  expect(await complaints(filePath, line)).toEqual([]);
});

test("every refusal of every rule is shown one line above", async () => {
  const shown = REFUSED.map(([, , reason]) => reason);
  const unshown = IMPORT_RULES.flatMap((rule) => rule.refuse)
    .map((refusal) => refusal.message)
    .filter((message) => !shown.some((reason) => message.includes(reason)));
  expect([...new Set(unshown)]).toEqual([]);
});

async function complaints(filePath: string, text: string) {
  const [result] = await eslint.lintText(text, { filePath });
  return result?.messages.map((message) => message.message) ?? ["the file is ignored"];
}
