import type pg from "pg";
import { z } from "zod";
import { changesBetween } from "~/activity/changes";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { exec, many, maybeOne, one, sql, transaction } from "~/db.server";
import { Conflict, Invalid, NotAllowed, NotFound } from "./errors";
import { labelInput, labelRow } from "./labels.server";
import { LABEL_COLOURS } from "./shapes";

export const labelEdit = z.object({
  name: labelInput.shape.name,
  colour: z.enum(LABEL_COLOURS, { error: "Choose one of the colours." }),
});

type LabelEdit = z.infer<typeof labelEdit>;

const countedRow = labelRow.extend({ chats: z.number() });
const idRow = z.object({ id: z.number() });

/** All labels with how many chats carry each. @throws NotAllowed */
export async function listLabels(admin: Staff) {
  mustBeAdmin(admin);
  return many(
    countedRow,
    sql`
      select id, name, colour, (select count(*)::integer from chat_labels c where c.label_id = l.id) as chats
      from labels l order by lower(name) limit 500`,
  );
}

/** @throws NotAllowed, Invalid when there is one of that name */
export async function createLabel(admin: Staff, { name, colour }: LabelEdit): Promise<number> {
  mustBeAdmin(admin);
  return namingTaken(name, () =>
    transaction(async (tx) => {
      const { id } = await one(
        idRow,
        sql`insert into labels (name, colour) values (${name}, ${colour}) returning id`,
        tx,
      );
      await logActivity(admin.userId, "label.created", name, { after: { name, colour } }, tx);
      return id;
    }),
  );
}

/** @throws NotAllowed, NotFound, Invalid */
export async function updateLabel(admin: Staff, id: number, change: Partial<LabelEdit>): Promise<void> {
  mustBeAdmin(admin);
  await namingTaken(change.name ?? "", () =>
    transaction(async (tx) => {
      const before = await lockLabel(tx, id);
      const { name, colour } = { ...before, ...change };
      const changed = changesBetween(before, change);
      if (!changed) return;
      await exec(sql`update labels set name = ${name}, colour = ${colour} where id = ${id}`, tx);
      await logActivity(admin.userId, "label.changed", name, changed, tx);
    }),
  );
}

/** Every chat with the one gets the other, and the one is gone. @returns how many chats. @throws NotAllowed, NotFound, Conflict */
export async function mergeLabels(admin: Staff, from: number, into: number): Promise<number> {
  mustBeAdmin(admin);
  if (from === into) throw new Conflict("Choose another label to merge with.");
  return transaction(async (tx) => {
    // In the order of their ids, so that two merges the other way round wait in line.
    for (const id of [from, into].sort((a, b) => a - b)) await lockLabel(tx, id);
    const [gone, kept] = [await lockLabel(tx, from), await lockLabel(tx, into)];
    const chats = await exec(sql`select session_id from chat_labels where label_id = ${from}`, tx);
    await exec(
      sql`
        insert into chat_labels (session_id, label_id) select session_id, ${into} from chat_labels where label_id = ${from}
        on conflict do nothing`,
      tx,
    );
    await exec(sql`delete from labels where id = ${from}`, tx);
    await logActivity(admin.userId, "label.merged", gone.name, { into: kept.name, chats }, tx);
    return chats;
  });
}

/** Takes it from every chat. @returns how many chats. @throws NotAllowed, NotFound */
export async function deleteLabel(admin: Staff, id: number): Promise<number> {
  mustBeAdmin(admin);
  return transaction(async (tx) => {
    const { name, colour } = await lockLabel(tx, id);
    const chats = await exec(sql`delete from chat_labels where label_id = ${id}`, tx);
    await exec(sql`delete from labels where id = ${id}`, tx);
    await logActivity(admin.userId, "label.deleted", name, { before: { name, colour }, chats }, tx);
    return chats;
  });
}

async function lockLabel(tx: pg.PoolClient, id: number) {
  const label = await maybeOne(labelRow, sql`select id, name, colour from labels where id = ${id} for update`, tx);
  if (!label) throw new NotFound("There is no such label.");
  return label;
}

function mustBeAdmin(admin: Staff) {
  if (admin.role !== "admin") throw new NotAllowed("Only admins look after labels.");
}

async function namingTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== "labels_name") throw error;
    throw new Invalid("There is a label of that name.", { name: `There is a label "${name}" already: merge with it.` });
  }
}
