import { z } from "zod";
import { maybeOne, sql } from "~/db.server";
import { env, EnvError } from "~/env.server";
import { passwordMatches } from "~/auth/password.server";
import { SEEDED_PASSWORDS } from "./seed.server";

const row = z.object({ password_hash: z.string() });

/** A deployment must not be open to whoever has read our README. @throws EnvError naming the account. */
export async function refuseSeededPasswords(): Promise<void> {
  if (env().LOCAL_TRIAL || env().NODE_ENV !== "production") return;
  for (const { username, password } of SEEDED_PASSWORDS) {
    const account = await maybeOne(
      row,
      sql`select password_hash from users where username = ${username} and disabled_at is null`,
    );
    if (account && (await passwordMatches(password, account.password_hash))) {
      throw new EnvError(`The account "${username}" still has its demo password; change it before going to production`);
    }
  }
}
