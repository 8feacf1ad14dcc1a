import { z } from "zod";
import { exec, maybeOne, sql } from "~/db.server";
import { env, EnvError } from "~/env.server";
import { newPasswordHash } from "~/auth/new-password.server";
import { Invalid } from "~/chat/errors";
import { hashPassword } from "~/auth/password.server";

const DEMO_ACCOUNTS = [
  { username: "admin", name: "Hera Admin", role: "admin", password: "admin123" },
  { username: "cs", name: "Dewi Putri", role: "cs", password: "cs123" },
];

const CANNED = [
  ["hello", "Greeting", "Hello {{customer.name}}, this is {{agent.name}}. How can I help you today?"],
  ["moment", "One moment", "One moment please, I am looking into it."],
  ["order", "Ask for the order", "Could you send me the order number? It is in the subject of our e-mail."],
  ["thanks", "Goodbye", "You are welcome, {{customer.name}}. Write again at any time."],
] as const;

const nothing = z.object({ id: z.number() });

/** The demo accounts and a few canned responses; what is there already stays as it is. @returns what was done, for people. */
export async function seed(): Promise<string> {
  const added: string[] = [];
  for (const account of accounts()) {
    const known = await maybeOne(nothing, sql`select id from users where username = ${account.username}`);
    if (known) continue;
    await addAccount(account);
    added.push(account.username);
  }
  await exec(sql`insert into cs_status (user_id) select id from users where role = 'cs' on conflict do nothing`);
  for (const [shortcut, title, content] of CANNED) {
    await exec(sql`
      insert into canned_responses (shortcut, title, content) values (${shortcut}, ${title}, ${content})
      on conflict do nothing`);
  }
  return added.length > 0 ? `Added the accounts ${added.join(", ")}` : "The accounts are there already";
}

/** A deployment names its first admin; everybody else gets the demo cast. @throws EnvError rather than open a deployment to all. */
function accounts() {
  const first = firstAdmin();
  if (first) return [first];
  if (env().NODE_ENV === "production" && !env().LOCAL_TRIAL) {
    throw new EnvError(
      "ADMIN_USERNAME, ADMIN_PASSWORD: missing; they name the first admin, demo accounts are for trials",
    );
  }
  return DEMO_ACCOUNTS;
}

function firstAdmin() {
  const { ADMIN_USERNAME, ADMIN_PASSWORD } = env();
  if (!ADMIN_USERNAME || !ADMIN_PASSWORD) return null;
  return { username: ADMIN_USERNAME.toLowerCase(), name: ADMIN_USERNAME, role: "admin", password: ADMIN_PASSWORD };
}

/** Makes the admin that ADMIN_USERNAME and ADMIN_PASSWORD name, while there is no admin at all. */
export async function ensureFirstAdmin(): Promise<void> {
  const first = firstAdmin();
  if (!first || (await maybeOne(nothing, sql`select id from users where role = 'admin' limit 1`))) return;
  if (env().NODE_ENV === "production" && !env().LOCAL_TRIAL) await refuseWeak(first);
  await addAccount(first);
}

async function refuseWeak({ username, password }: { username: string; password: string }) {
  await newPasswordHash(password, username).catch((error: unknown) => {
    throw error instanceof Invalid ? new EnvError(`ADMIN_PASSWORD: ${error.message}`) : error;
  });
}

async function addAccount({ username, name, role, password }: (typeof DEMO_ACCOUNTS)[number]) {
  await exec(sql`
    insert into users (username, name, role, password_hash)
    values (${username}, ${name}, ${role}, ${await hashPassword(password)}) on conflict do nothing`);
}

export const SEEDED_PASSWORDS = DEMO_ACCOUNTS.map(({ username, password }) => ({ username, password }));
