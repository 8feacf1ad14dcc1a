import { beforeAll, expect, test } from "vitest";
import { closeDb, db } from "~/db.server";
import { lines } from "~/message-path.server";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { Overloaded } from "./errors";
import { sendMessage } from "./send-message.server";

beforeAll(freshDatabase);

test("more sends than may wait are refused at once with a hint; what was accepted is stored", async () => {
  const { customer, chatId } = await customerInChat();
  // Somebody else holds the chat, so that the batch in flight cannot end.
  const blocker = await db().connect();
  await blocker.query("begin");
  await blocker.query("select 1 from chat_sessions where id = $1 for update", [chatId]);
  const send = (i: number) => sendMessage(customer, { sessionId: chatId, clientId: `s${i}`, content: "x" });
  const sends = Array.from({ length: 3_000 }, (_, i) => send(i));
  const refused = await Promise.any(
    sends.map((s) =>
      s.then(
        () => Promise.reject(new Error("stored")),
        (e: unknown) => e,
      ),
    ),
  );
  expect(refused).toBeInstanceOf(Overloaded);
  expect((refused as Overloaded).details.retryAfterSeconds).toBeGreaterThan(0);
  await blocker.query("rollback");
  blocker.release();
  const results = await Promise.allSettled(sends);
  const stored = results.filter((r) => r.status === "fulfilled").length;
  expect(stored).toBeGreaterThanOrEqual(2_000);
  const { rows } = await db().query("select count(*)::int as n from messages where session_id = $1", [chatId]);
  expect(rows[0].n).toBe(stored + 1);
});

test("a database that goes away between two sends is waited for", async () => {
  const { customer, chatId } = await customerInChat();
  const send = (i: number) => sendMessage(customer, { sessionId: chatId, clientId: `k${i}`, content: "x" });
  await send(0);
  const cut = db().query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  const sent = await Promise.all(Array.from({ length: 20 }, (_, i) => send(i)));
  await cut;
  expect(new Set(sent.map((s) => s.message.seq)).size).toBe(20);
});

test("the full statement finds its rows by index, also when the statistics say that there are none", async () => {
  const { customer, chatId } = await customerInChat();
  await db().query("delete from messages");
  await db().query("vacuum analyze messages");
  // New connections plan anew.
  await closeDb();
  // An ended chat is beyond the short way.
  await db().query("update chat_sessions set status = 'resolved', ended_at = now() where id = $1", [chatId]);
  await expect(sendMessage(customer, { sessionId: chatId, clientId: "first", content: "x" })).rejects.toThrow("ended");
  const nothing = Array.from({ length: 11 }, () => "null").join();
  const { rows } = await lines.writer.query({ text: `explain execute "write-batch" (${nothing})`, values: [] });
  const plan = rows.map((row: { "QUERY PLAN": string }) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/Index Scan using messages_/);
  expect(plan).not.toMatch(/Seq Scan|Hash|Merge/);
});
