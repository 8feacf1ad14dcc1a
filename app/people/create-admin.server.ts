import { z } from "zod";
import { newSecret } from "~/auth/secret-token.server";
import { newPasswordHash } from "~/auth/new-password.server";
import { Invalid } from "~/chat/errors";
import { maybeOne, sql } from "~/db.server";
import { EnvError } from "~/env.server";

const USERNAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;
const GENERATED_LENGTH = 24;

/**
 * An admin from the command line, for a deployment's first day or for one who is locked out of their own.
 * @param password null: one is made up. @returns what to say; a made-up password is in it, and nowhere else.
 * @throws EnvError with what to do instead
 */
export async function createAdmin(username: string | undefined, password: string | null): Promise<string> {
  const name = username?.trim().toLowerCase() ?? "";
  if (!USERNAME.test(name)) {
    throw new EnvError("Say who, in small letters: npm run create-admin -- maria [--password-stdin]");
  }
  const chosen = password ?? newSecret().slice(0, GENERATED_LENGTH);
  const hash = await newPasswordHash(chosen, name).catch((error: unknown) => {
    throw error instanceof Invalid ? new EnvError(`The password: ${error.message}`) : error;
  });
  const added = await maybeOne(
    z.object({ id: z.number() }),
    sql`insert into users (username, name, role, password_hash) values (${name}, ${name}, 'admin', ${hash})
      on conflict do nothing returning id`,
  );
  if (!added) throw new EnvError(`There is an account "${name}" already.`);
  return password === null
    ? `Added the admin "${name}" with the password ${chosen} (shown this once; change it at /account)`
    : `Added the admin "${name}"`;
}
