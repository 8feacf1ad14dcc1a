import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { exec, many, one, sql } from "~/db.server";
import { LABEL_COLOURS } from "./shapes";
import { findChatId, findReadableChatId } from "./find-chat.server";
import { text } from "./send-message.server";

export const labelInput = z.object({
  sessionId: z.uuid(),
  name: text(40)
    .transform((s) => s.trim())
    .refine((s) => s !== "", "Write a label first."),
});

export const labelRow = z.object({ id: z.number(), name: z.string(), colour: z.enum(LABEL_COLOURS) });

export const allLabels = () => many(labelRow, sql`select id, name, colour from labels order by lower(name) limit 500`);

export async function labelsOf(staff: Staff, sessionId: string) {
  await findReadableChatId(staff, sessionId);
  return many(
    labelRow,
    sql`select l.id, l.name, l.colour from chat_labels c join labels l on l.id = c.label_id
      where c.session_id = ${sessionId} order by lower(l.name)`,
  );
}

/** Puts a label on a chat; one of that name is made when there is none. @throws NotFound */
export async function addLabel(staff: Staff, { sessionId, name }: z.infer<typeof labelInput>): Promise<void> {
  await findChatId(staff, sessionId);
  const { id } = await one(
    z.object({ id: z.number() }),
    sql`
      with made as (insert into labels (name) values (${name}) on conflict (lower(name)) do nothing returning id)
      select id from made union all select id from labels where lower(name) = lower(${name}) limit 1`,
  );
  await exec(sql`insert into chat_labels (session_id, label_id) values (${sessionId}, ${id}) on conflict do nothing`);
}

export async function removeLabel(staff: Staff, sessionId: string, labelId: number): Promise<void> {
  await findChatId(staff, sessionId);
  await exec(sql`delete from chat_labels where session_id = ${sessionId} and label_id = ${labelId}`);
}
