import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { Conflict, Invalid, NotFound } from "~/chat/errors";
import { text } from "~/chat/send-message.server";
import { exec, maybeOne, sql } from "~/db.server";

export const cannedInput = z.object({
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "Letters, digits, - and _, as in order-status."),
  title: text(80)
    .transform((s) => s.trim())
    .refine((s) => s !== "", "Write a title."),
  content: text(4_000).refine((s) => s.trim() !== "", "Write the reply."),
});

type CannedInput = z.infer<typeof cannedInput>;
const idRow = z.object({ id: z.number() });

/** Own ones are everybody's to change; shared ones an admin's. */
const editable = (staff: Staff) =>
  staff.role === "admin" ? sql`(owner_id = ${staff.userId} or owner_id is null)` : sql`owner_id = ${staff.userId}`;

/** @throws Conflict when the shortcut is taken */
export async function createCanned(staff: Staff, input: CannedInput, shared = false): Promise<number> {
  if (shared && staff.role !== "admin") throw new Invalid("Only admins share replies.");
  const owner = shared ? null : staff.userId;
  const row = await maybeOne(
    idRow,
    sql`
      insert into canned_responses (owner_id, shortcut, title, content)
      values (${owner}, ${input.shortcut}, ${input.title}, ${input.content})
      on conflict (coalesce(owner_id, 0), shortcut) do nothing returning id`,
  );
  if (!row) throw new Invalid("This shortcut is taken.", { shortcut: `/${input.shortcut} is taken.` });
  return row.id;
}

/** @throws NotFound, Conflict when the shortcut is taken */
export async function updateCanned(staff: Staff, id: number, input: CannedInput): Promise<void> {
  const changed = await exec(sql`
    update canned_responses set shortcut = ${input.shortcut}, title = ${input.title}, content = ${input.content},
      updated_at = now() where id = ${id} and ${editable(staff)}`).catch((error: { code?: string }) => {
    if (error.code === "23505") throw new Conflict(`/${input.shortcut} is taken.`);
    throw error;
  });
  if (changed === 0) throw new NotFound("There is no such reply of yours.");
}

export async function deleteCanned(staff: Staff, id: number): Promise<void> {
  const gone = await exec(sql`delete from canned_responses where id = ${id} and ${editable(staff)}`);
  if (gone === 0) throw new NotFound("There is no such reply of yours.");
}

/** Remembers that it was put into a reply: the most used come first. */
export async function countUse(staff: Staff, id: number): Promise<void> {
  await exec(sql`
    update canned_responses set used = used + 1, last_used_at = now()
    where id = ${id} and (owner_id is null or owner_id = ${staff.userId})`);
}
