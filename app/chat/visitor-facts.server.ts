import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { one, sql } from "~/db.server";
import { findReadableChatId } from "./find-chat.server";
import { earlierChats } from "./history.server";
import { allLabels, labelsOf } from "./labels.server";

const zoneRow = z.object({ timeZone: z.string().nullable() });

/** What an agent can know of the one who writes, beside the chat: their clock, their earlier chats, and its labels. */
export async function visitorFacts(staff: Staff, sessionId: string) {
  await findReadableChatId(staff, sessionId);
  const [{ timeZone }, earlier, labels, known] = await Promise.all([
    one(zoneRow, sql`select time_zone as "timeZone" from chat_sessions where id = ${sessionId}`),
    earlierChats(sessionId),
    labelsOf(staff, sessionId),
    allLabels(),
  ]);
  return { timeZone, earlier, labels, knownLabels: known.map(({ name }) => name) };
}

export type VisitorFacts = Awaited<ReturnType<typeof visitorFacts>>;
