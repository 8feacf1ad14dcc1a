import { z } from "zod";
import { changesBetween } from "~/activity/changes";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { Invalid, NotFound } from "~/chat/errors";
import { text } from "~/chat/send-message.server";
import { exec, maybeOne, one, sql, transaction } from "~/db.server";

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
  /** What shared replies are sorted by; empty: none. */
  category: text(40)
    .transform((s) => s.trim() || null)
    .nullish(),
});

type CannedInput = z.infer<typeof cannedInput>;
const idRow = z.object({ id: z.number() });
const storedRow = z.object({
  ownerId: z.number().nullable(),
  shortcut: z.string(),
  title: z.string(),
  content: z.string(),
  category: z.string().nullable(),
});

/** Own ones are everybody's to change; shared ones an admin's. */
const editable = (staff: Staff) =>
  staff.role === "admin" ? sql`(owner_id = ${staff.userId} or owner_id is null)` : sql`owner_id = ${staff.userId}`;

/** @throws Invalid when the shortcut is taken */
export async function createCanned(staff: Staff, input: CannedInput, shared = false): Promise<number> {
  if (shared && staff.role !== "admin") throw new Invalid("Only admins share replies.");
  const { shortcut, title, content, category = null } = input;
  return namingTaken(shortcut, () =>
    transaction(async (tx) => {
      const { id } = await one(
        idRow,
        sql`
          insert into canned_responses (owner_id, shortcut, title, content, category)
          values (${shared ? null : staff.userId}, ${shortcut}, ${title}, ${content}, ${category}) returning id`,
        tx,
      );
      if (shared) await logActivity(staff.userId, "canned.created", shortcut, { after: input }, tx);
      return id;
    }),
  );
}

/** @throws NotFound, Invalid when the shortcut is taken */
export async function updateCanned(staff: Staff, id: number, input: Partial<CannedInput>): Promise<void> {
  await namingTaken(input.shortcut ?? "", () =>
    transaction(async (tx) => {
      const before = await maybeOne(
        storedRow,
        sql`
          select owner_id as "ownerId", shortcut, title, content, category from canned_responses
          where id = ${id} and ${editable(staff)} for update`,
        tx,
      );
      if (!before) throw new NotFound("There is no such reply of yours.");
      const { ownerId, ...was } = before;
      const { shortcut, title, content, category = null } = { ...was, ...input };
      const changed = changesBetween(was, { shortcut, title, content, category });
      if (!changed) return;
      await exec(
        sql`
          update canned_responses set shortcut = ${shortcut}, title = ${title}, content = ${content},
            category = ${category}, updated_at = now() where id = ${id}`,
        tx,
      );
      if (ownerId === null) await logActivity(staff.userId, "canned.changed", shortcut, changed, tx);
    }),
  );
}

/** @throws NotFound */
export async function deleteCanned(staff: Staff, id: number): Promise<void> {
  await transaction(async (tx) => {
    const gone = await maybeOne(
      storedRow,
      sql`
        delete from canned_responses where id = ${id} and ${editable(staff)}
        returning owner_id as "ownerId", shortcut, title, content, category`,
      tx,
    );
    if (!gone) throw new NotFound("There is no such reply of yours.");
    const { ownerId, ...before } = gone;
    if (ownerId === null) await logActivity(staff.userId, "canned.deleted", before.shortcut, { before }, tx);
  });
}

/** Remembers that it was put into a reply: the most used come first. */
export async function countUse(staff: Staff, id: number): Promise<void> {
  await exec(sql`
    update canned_responses set used = used + 1, last_used_at = now()
    where id = ${id} and (owner_id is null or owner_id = ${staff.userId})`);
}

async function namingTaken<T>(shortcut: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== "canned_responses_shortcut") throw error;
    throw new Invalid("This shortcut is taken.", { shortcut: `/${shortcut} is taken.` });
  }
}
