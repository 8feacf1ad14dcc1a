import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { Conflict } from "~/chat/errors";
import { publish } from "~/chat/publish.server";
import { exec, sql, transaction } from "~/db.server";
import { lockAdmins, lockUser } from "./edit-user.server";
import { endSignIns, leaveDesk, returnToQueue } from "./leave-desk.server";

/**
 * Nobody can sign in to a disabled account, and its chats go back to the queue. There is always an admin left: nobody
 * disables themselves, and two who disable each other wait in line. @throws NotAllowed, NotFound, Conflict
 */
export async function disableUser(admin: Staff, id: number): Promise<void> {
  const sids = await transaction(async (tx) => {
    await lockAdmins(tx, admin);
    const { username, disabledAt } = await lockUser(tx, id);
    if (id === admin.userId) throw new Conflict("You cannot disable your own account. Ask another admin.");
    if (disabledAt) return null;
    await exec(sql`update users set disabled_at = now(), updated_at = now() where id = ${id}`, tx);
    await exec(sql`delete from password_resets where user_id = ${id} and used_at is null`, tx);
    const ended = await leaveDesk(tx, id);
    await logActivity(
      admin.userId,
      "user.disabled",
      username,
      { before: { disabled: false }, after: { disabled: true } },
      tx,
    );
    return ended;
  });
  if (sids) await returnToQueue(id, admin.userId, sids);
}

/** @throws NotAllowed, NotFound */
export async function enableUser(admin: Staff, id: number): Promise<void> {
  await transaction(async (tx) => {
    await lockAdmins(tx, admin);
    const { username, disabledAt } = await lockUser(tx, id);
    if (!disabledAt) return;
    await exec(sql`update users set disabled_at = null, updated_at = now() where id = ${id}`, tx);
    await logActivity(
      admin.userId,
      "user.enabled",
      username,
      { before: { disabled: true }, after: { disabled: false } },
      tx,
    );
  });
  publish({ agents: new Set([id]), queue: true });
}

/** Signs somebody out everywhere, on purpose also oneself. @returns how many sign-ins ended. @throws NotAllowed, NotFound */
export async function endAllSignIns(admin: Staff, id: number): Promise<number> {
  const sids = await transaction(async (tx) => {
    await lockAdmins(tx, admin);
    const { username } = await lockUser(tx, id);
    const ended = await endSignIns(tx, id);
    await logActivity(admin.userId, "user.signed_out", username, { ended: ended.length }, tx);
    return ended;
  });
  publish({ revoked: new Set(sids), agents: new Set([id]), queue: true });
  return sids.length;
}
