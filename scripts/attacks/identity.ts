import { randomUUID } from "node:crypto";
import { exec, sql } from "~/db.server";
import { call } from "~/testing/caller";
import type { Tally } from "./tally.ts";
import type { Target } from "./target.ts";

/** Somebody types another one's e-mail, name or ids: a chat of their own, and nothing of the other one's. */
export async function typedIdentity(target: Target, tally: Tally) {
  const email = "bert@example.com";
  await exec(sql`update chat_sessions set customer_email = ${email} where id = ${target.bert.chatId}`);
  await exec(sql`update visitors set email = ${email}, name = 'bert' where id = (
    select visitor_id from chat_sessions where id = ${target.bert.chatId})`);
  const forms = [
    email,
    email.toUpperCase(),
    ` ${email} `,
    "bert+1@example.com",
    "Bert <bert@example.com>",
    "bеrt@example.com",
  ];
  const more: object[] = [
    {},
    { sessionId: target.bert.chatId },
    { visitorId: target.bert.chatId },
    { id: target.bert.chatId },
    { customerName: "bert" },
    { customerToken: target.bert.token.slice(0, -1) },
    { clientId: randomUUID() },
  ];
  for (const customerEmail of forms) {
    for (const extra of more) {
      const body = { message: "it is me", customerEmail, ...extra };
      const { status, body: started } = await call(target.urls[tally.cases % 2 ? 1 : 0] ?? "", "/api/chat/init", {
        body,
      });
      const name = `init as ${JSON.stringify(body)}`;
      if (status === 400) {
        tally.attack(name, !JSON.stringify(started).includes(target.bert.marker), status);
        continue;
      }
      const seen = await call(target.urls[0], "/api/chat/messages?after=0", { token: started.customerToken });
      const text = JSON.stringify(seen.body);
      const own = started.sessionId !== target.bert.chatId && !text.includes(target.bert.marker);
      tally.attack(name, own, text);
    }
  }
  const mine = await call(target.urls[1], "/api/chat/messages?after=0", { token: target.bert.token });
  tally.control("B reads B's chat", JSON.stringify(mine.body).includes(target.bert.marker), mine.status);
}
