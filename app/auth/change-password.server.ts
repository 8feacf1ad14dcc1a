import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import { Invalid } from "~/chat/errors";
import { exec, one, sql } from "~/db.server";
import type { Staff } from "./actor";
import { newPasswordHash } from "./new-password.server";
import { endSessionsOf } from "./own-sessions.server";
import { passwordMatches } from "./password.server";
import { clearTries, countTry } from "./rate-limit.server";

const TRIES = 10;
const WINDOW_S = 900;

export const changePasswordInput = z.object({
  current: z.string().min(1, "Write your present password.").max(1_000, "That is too long for a password."),
  next: z.string().min(1, "Write a new password.").max(1_000, "That is too long for a password."),
});

/** A new password of one's own; every other sign-in ends. @returns how many ended. @throws Invalid, RateLimited */
export async function changePassword(staff: Staff, input: z.infer<typeof changePasswordInput>): Promise<number> {
  await provePassword(staff, input.current, "current");
  if (input.next === input.current) throw sameAgain("next");
  const hash = await newPasswordHash(input.next, staff.username, "next");
  await exec(sql`update users set password_hash = ${hash}, updated_at = now() where id = ${staff.userId}`);
  await logActivity(staff.userId, "password.changed");
  return endSessionsOf(staff.userId, staff.sid);
}

const sameAgain = (field: string) => new Invalid("That is the old one.", { [field]: "That is the old one." });

/** Asked again before what a stranger at an open screen must not do. @throws Invalid naming `field`, RateLimited */
export async function provePassword(staff: Staff, password: string, field: string): Promise<void> {
  const key = `password:${staff.userId}`;
  await countTry(key, TRIES, WINDOW_S);
  const { hash } = await one(
    z.object({ hash: z.string() }),
    sql`select password_hash as hash from users where id = ${staff.userId}`,
  );
  if (!(await passwordMatches(password, hash))) {
    await logActivity(staff.userId, "password.refused");
    throw new Invalid("That is not your password.", { [field]: "That is not your password." });
  }
  await clearTries(key);
}
