import { randomUUID } from "node:crypto";
import { z } from "zod";
import { maybeOne, sql } from "~/db.server";
import { call } from "~/testing/caller";
import { signedIn, type Target } from "./target.ts";
import type { Tally } from "./tally.ts";

/** What nobody may say of themselves, in each spelling that a form or a program could try. */
const EXTRA: [string, unknown][] = [
  ["role", "admin"],
  ["isAdmin", true],
  ["id", 1],
  ["userId", 1],
  ["user_id", 1],
  ["agentId", 1],
  ["cs_id", 1],
  ["csId", 1],
  ["ownerId", null],
  ["owner_id", 1],
  ["visitorId", randomUUID()],
  ["visitor_id", randomUUID()],
  ["password_hash", "none"],
  ["passwordHash", "none"],
  ["created_at", "2001-01-01"],
  ["createdAt", "2001-01-01"],
  ["senderType", "system"],
  ["sender_type", "cs"],
  ["messageType", "system"],
  ["visibility", "staff"],
  ["seq", 999],
  ["last_seq", 999],
  ["status", "resolved"],
  ["rating", 5],
  ["shared", "on"],
  ["max_chats", 999],
  ["disabled_at", null],
  ["__proto__", { role: "admin" }],
  ["constructor", { prototype: { role: "admin" } }],
];

export async function massAssignment(target: Target, tally: Tally, { short }: { short: boolean }) {
  const [url] = target.urls;
  const agent = await target.person("ambitious");
  const { cookie } = await signedIn(agent.userId);
  for (const [field, value] of EXTRA.filter((_, i) => !short || i % 4 === 0)) {
    const extra = JSON.parse(`{${JSON.stringify(field)}:${JSON.stringify(value)}}`) as object;
    const started = await call(url, "/api/chat/init", { body: { message: "hi", customerName: "x", ...extra } });
    const sent = await call(url, "/api/chat/messages", {
      token: started.body.customerToken,
      body: { clientId: randomUUID(), content: "hi", ...extra },
    });
    tally.attack(`a chat with ${field}`, await plainChat(String(started.body.sessionId)), JSON.stringify(started.body));
    tally.attack(
      `a message with ${field}`,
      await plainMessage(String(started.body.sessionId)),
      JSON.stringify(sent.body),
    );
    const shortcut = `m${randomUUID().slice(0, 8)}`;
    for (const [path, fields] of [
      ["/cs/canned", { intent: "create", shortcut, title: "x", content: "x" }],
      ["/account?index", { intent: "password", current: "wrong", next: "seven quiet herons" }],
      ["/cs", { status: "busy" }],
    ] as const) {
      // What a field of the form itself says is that field's own matter.
      if (field in fields) continue;
      const body = new URLSearchParams({ ...fields, [field]: String(value) } as Record<string, string>);
      await fetch(url + path, { method: "POST", redirect: "manual", headers: { Cookie: cookie, Origin: url }, body });
      tally.attack(`${path} with ${field}`, await plainAgent(agent.userId, shortcut), field);
    }
  }
  const own = await maybeOne(
    z.object({ n: z.number() }),
    sql`select count(*)::integer as n from canned_responses where owner_id = ${agent.userId}`,
  );
  tally.control("replies without the extra were made", (own?.n ?? 0) > 0, own?.n);
}

const truth = z.object({ ok: z.boolean() });
const is = async (statement: ReturnType<typeof sql>) => (await maybeOne(truth, statement))?.ok === true;

const plainChat = (id: string) =>
  is(sql`select status in ('waiting', 'active') and rating is null and last_seq between 1 and 20
      and created_at > now() - interval '1 hour' as ok from chat_sessions where id = ${id}`);

const plainMessage = (id: string) =>
  is(sql`select coalesce(bool_and(sender_type = 'customer' and message_type = 'text' and visibility = 'all' and seq < 20
      and created_at > now() - interval '1 hour'), false) as ok
    from messages where session_id = ${id} and content = 'hi'`);

const plainAgent = (id: number, shortcut: string) =>
  is(sql`select u.role = 'cs' and u.max_chats = 500 and u.password_hash like '$2%' and u.disabled_at is null
      and not exists (select 1 from canned_responses c where c.shortcut = ${shortcut}
        and (c.owner_id is distinct from u.id or c.created_at < now() - interval '1 hour')) as ok
    from users u where u.id = ${id}`);
