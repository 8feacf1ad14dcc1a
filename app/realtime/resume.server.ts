import { z } from "zod";
import { one, sql } from "~/db.server";
import { PAGE_SIZE } from "~/chat/read-log.server";
import { publish } from "~/chat/publish.server";
import { resumes } from "~/metrics.server";
import { presence } from "./customers-here.server";
import type { Connection } from "./connection.server";

/** How much of a long chat is sent to one whose cursor cannot be right. */
const SNAPSHOT_ROWS = 200;

const headRow = z.object({ last_seq: z.number() });

/**
 * Sends what is missing after a seq, in order, then `chat:resumed`; from there on the socket is live. A cursor from the
 * future gets a fresh snapshot. The caller has checked that this one may read the chat.
 */
export async function resumeChat(c: Connection, chatId: string, after: number, requestId?: string | number) {
  const { last_seq: head } = await one(headRow, sql`select last_seq from chat_sessions where id = ${chatId}`);
  resumes.inc({ kind: after > head ? "snapshot" : head - after > PAGE_SIZE ? "paged" : "complete" });
  const cursor = after > head ? Math.max(0, head - SNAPSHOT_ROWS) : after;
  if (c.door === "customer") {
    publish({ signals: [presence(chatId, true)] });
  }
  c.follow(chatId, cursor, true, (seq) => c.send("chat:resumed", { sessionId: chatId, seq }, requestId));
}
