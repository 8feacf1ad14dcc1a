import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { one, sql } from "~/db.server";
import { hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { blockVisitor } from "./block-visitor.server";
import { claimChat } from "./claim-chat.server";
import { NotAllowed } from "./errors";
import { startChat } from "./start-chat.server";

beforeAll(freshDatabase);

const start = (token: string | null, ip: string) => startChat(token, { message: "Hello" }, { ip, userAgent: null });

test.each([
  ["an address", "203.0.113.7", "203.0.113.7", "203.0.113.8"],
  ["an IPv6 network", "2001:db8:1:2::7", "2001:db8:1:2:ffff::1", "2001:db8:1:3::7"],
])("who is blocked comes neither by their token nor by %s; others do", async (_, from, near, far) => {
  const ada = await hire(`ada-at-${from.replaceAll(/[:.]/g, "-")}`);
  const { session, customerToken } = await start(null, from);
  await claimChat(ada, session.id);
  await blockVisitor(ada, session.id);
  const ended = z.object({ status: z.string(), by: z.string() });
  expect(
    await one(
      ended,
      sql`select s.status, m.content as by from chat_sessions s join messages m on m.session_id = s.id and m.seq = s.last_seq
        where s.id = ${session.id}`,
    ),
  ).toMatchObject({ status: "resolved", by: expect.stringContaining("ended the chat") });
  await expect(start(customerToken, far)).rejects.toThrow(NotAllowed);
  await expect(start(null, near)).rejects.toThrow(NotAllowed);
  expect((await start(null, far)).session.status).toBe("waiting");
});
