import { z } from "zod";
import type pg from "pg";
import { changesBetween } from "~/activity/changes";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { Invalid, NotAllowed, NotFound } from "~/chat/errors";
import { publish } from "~/chat/publish.server";
import { exec, many, maybeOne, one, sql, transaction } from "~/db.server";
import { picturesChanged } from "~/settings/picture-origins.server";
import { leaveDesk, returnToQueue } from "./leave-desk.server";
import type { UserInput } from "./user-input.server";

const idRow = z.object({ id: z.number() });
const storedRow = z.object({
  id: z.number(),
  name: z.string(),
  username: z.string(),
  role: z.enum(["admin", "cs"]),
  maxChats: z.number().nullable(),
  avatarUrl: z.string().nullable(),
  disabledAt: z.date().nullable(),
});

export type StoredUser = z.infer<typeof storedRow>;

/** No password opens it: the person chooses theirs by a link. */
export const NO_PASSWORD = "none";

/** Somebody new, who cannot sign in before they have chosen a password. @throws NotAllowed, Invalid when the name is taken */
export async function createUser(admin: Staff, input: UserInput): Promise<number> {
  const id = await namingTaken(input.username, () =>
    transaction(async (tx) => {
      await lockAdmins(tx, admin);
      const { id } = await one(
        idRow,
        sql`
          insert into users (name, username, role, max_chats, avatar_url, password_hash)
          values (${input.name}, ${input.username}, ${input.role}, ${input.maxChats}, ${input.avatarUrl}, ${NO_PASSWORD})
          returning id`,
        tx,
      );
      if (input.role === "cs") await exec(sql`insert into cs_status (user_id) values (${id})`, tx);
      await logActivity(admin.userId, "user.created", input.username, { after: input }, tx);
      return id;
    }),
  );
  announce(id, input.avatarUrl !== null);
  return id;
}

/**
 * Changes what is given; in force with the next request. Who is no admin any more is signed out, and their chats go back
 * to the queue. @throws NotAllowed, NotFound, Invalid
 */
export async function updateUser(admin: Staff, id: number, input: Partial<UserInput>): Promise<void> {
  const done = await namingTaken(input.username ?? "", () =>
    transaction(async (tx) => {
      await lockAdmins(tx, admin);
      const before = await lockUser(tx, id);
      const next = { ...before, ...input };
      if (id === admin.userId && next.role !== "admin") {
        throw new Invalid("Nobody takes their own admin role.", { role: "Ask another admin to take your admin role." });
      }
      const changed = changesBetween(before, input);
      if (!changed) return null;
      await exec(
        sql`
          update users set name = ${next.name}, username = ${next.username}, role = ${next.role},
            max_chats = ${next.maxChats}, avatar_url = ${next.avatarUrl}, updated_at = now() where id = ${id}`,
        tx,
      );
      if (next.role === "cs")
        await exec(sql`insert into cs_status (user_id) values (${id}) on conflict do nothing`, tx);
      await logActivity(admin.userId, "user.changed", next.username, changed, tx);
      const demoted = before.role === "admin" && next.role === "cs";
      return { sids: demoted ? await leaveDesk(tx, id) : null, picture: "avatarUrl" in changed.after };
    }),
  );
  if (!done) return;
  announce(id, done.picture);
  if (done.sids) await returnToQueue(id, admin.userId, done.sids);
}

/**
 * Takes every enabled admin's row, so that admins who change one another wait in line, and looks whether this one still is
 * one. @throws NotAllowed
 */
export async function lockAdmins(tx: pg.PoolClient, admin: Staff): Promise<void> {
  const admins = await many(
    idRow,
    sql`select id from users where role = 'admin' and disabled_at is null order by id for update`,
    tx,
  );
  if (!admins.some(({ id }) => id === admin.userId)) throw new NotAllowed("Only admins change the staff.");
}

/** @throws NotFound */
export async function lockUser(tx: pg.PoolClient, id: number): Promise<StoredUser> {
  const user = await maybeOne(
    storedRow,
    sql`
      select id, name, username, role, max_chats as "maxChats", avatar_url as "avatarUrl", disabled_at as "disabledAt"
      from users where id = ${id} for update`,
    tx,
  );
  if (!user) throw new NotFound("There is no such person.");
  return user;
}

async function namingTaken<T>(username: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== "users_username_key") throw error;
    throw new Invalid("That username is taken.", { username: `${username} is taken.` });
  }
}

/** Colleagues see names, limits and pictures at once; somebody with more room is served. */
function announce(id: number, picture: boolean) {
  publish({ agents: new Set([id]), queue: true });
  if (picture) picturesChanged();
}
