import { z } from "zod";
import { newPasswordHash } from "~/auth/new-password.server";
import { Invalid } from "~/chat/errors";
import { maybeOne, sql, transaction } from "~/db.server";
import { env, EnvError } from "~/env.server";
import { NO_PASSWORD } from "./edit-user.server";
import { newResetToken } from "./reset-password.server";

const USERNAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/**
 * An admin from the command line, for a deployment's first day or for one who is locked out of their own.
 * @param password null: they choose one by a link. @returns what to say; the link is in it, and nowhere else.
 * @throws EnvError with what to do instead
 */
export async function createAdmin(username: string | undefined, password: string | null): Promise<string> {
  const name = username?.trim().toLowerCase() ?? "";
  if (!USERNAME.test(name)) {
    throw new EnvError("Say who, in small letters: npm run create-admin -- maria [--password-stdin]");
  }
  const hash = password === null ? NO_PASSWORD : await hashOf(password, name);
  const added = await maybeOne(
    z.object({ id: z.number() }),
    sql`insert into users (username, name, role, password_hash) values (${name}, ${name}, 'admin', ${hash})
      on conflict do nothing returning id`,
  );
  if (!added) throw new EnvError(`There is an account "${name}" already.`);
  if (password !== null) return `Added the admin "${name}"`;
  const token = await transaction((tx) => newResetToken(tx, added.id, null));
  const origin = env().APP_ORIGIN?.[0] ?? `http://${env().HOST}:${env().PORT}`;
  return `Added the admin "${name}". They choose a password here, once, within a day: ${origin}/reset/${token}`;
}

const hashOf = (password: string, name: string) =>
  newPasswordHash(password, name).catch((error: unknown) => {
    throw error instanceof Invalid ? new EnvError(`The password: ${error.message}`) : error;
  });
