import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signAccessToken } from "~/auth/access-token.server";
import { openAuthSession } from "~/auth/auth-session.server";
import { hashPassword } from "~/auth/password.server";
import { newSecret } from "~/auth/secret-token.server";
import { closeDb, exec, sql } from "~/db.server";
import { migrate } from "~/migrate.server";
import { call } from "~/testing/caller";
import { hire } from "~/testing/cast.server";
import { onServer, databaseUrl } from "~/testing/database-server";
import { startProgram, type Program } from "~/testing/program";
import { onEnd } from "../faults/cleanup.ts";
import { startTestPostgres } from "../test-postgres.mjs";

export const SECRET = "only-for-tests-0123456789abcdef0123456789abcdef";
export const PASSWORD = "correct horse battery";

export interface Person {
  name: string;
  token: string;
  cookie: string;
  userId: number;
  sid: string;
}

export interface Customer {
  token: string;
  cookie: string;
  chatId: string;
  marker: string;
}

export type Target = Awaited<ReturnType<typeof startTarget>>;

/** Two instances of the built program on one database of their own, and everybody who is tried in the attacks. */
export async function startTarget(env: Record<string, string> = {}) {
  process.env.JWT_SECRET = SECRET;
  process.env.LOCAL_TRIAL = "true";
  process.env.LOG_LEVEL = "silent";
  process.env.DATABASE_URL = await freshDatabase();
  await migrate();
  onEnd(closeDb);
  const hash = await hashPassword(PASSWORD);
  const instances = [await startInstance(env), await startInstance(env)] as [Program, Program];
  const urls = instances.map(({ url }) => url) as [string, string];

  async function person(name: string, role: "cs" | "admin" = "cs"): Promise<Person> {
    const staff = await hire(name, role, 500);
    await exec(sql`update users set password_hash = ${hash} where id = ${staff.userId}`);
    return { name, ...(await signedIn(staff.userId)), userId: staff.userId };
  }

  /** A customer with a chat of their own, whose text is theirs alone. */
  async function customer(name: string): Promise<Customer> {
    const marker = `marker-${name}-${randomUUID()}`;
    const { body } = await call(urls[0], "/api/chat/init", { body: { message: marker, customerName: name } });
    return { token: body.customerToken, cookie: `hd_customer=${body.customerToken}`, chatId: body.sessionId, marker };
  }

  const [assigned, unassigned, disabled, admin] = [
    await person("assigned"),
    await person("unassigned"),
    await person("disabled"),
    await person("admin", "admin"),
  ];
  const [anna, bert] = [await customer("anna"), await customer("bert")];
  for (const { chatId } of [anna, bert]) {
    await call(urls[0], `/api/cs/chats/${chatId}/accept`, { method: "POST", token: assigned.token });
  }
  await exec(sql`update users set disabled_at = now() where id = ${disabled.userId}`);

  return { urls, instances, startInstance, person, customer, assigned, unassigned, disabled, admin, anna, bert };
}

/** One more sign-in of somebody. */
export async function signedIn(userId: number) {
  const { sid, refreshToken } = await openAuthSession(userId, { ip: null, userAgent: null });
  const token = await signAccessToken(userId, sid);
  return {
    token,
    sid,
    refreshToken,
    cookie: `hd_access=${token}; hd_refresh=${refreshToken}; hd_customer=${newSecret()}`,
  };
}

async function freshDatabase() {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? null : await startTestPostgres();
  if (server) onEnd(() => server.discard());
  const name = `heradesk_attacks_${process.pid}`;
  const serverUrl = given ?? server?.url ?? "";
  await onServer(serverUrl, `create database ${name}`);
  onEnd(() => onServer(serverUrl, `drop database if exists ${name} with (force)`));
  return databaseUrl(serverUrl, name);
}

/** Of both instances, and gone afterwards. */
const DATA_DIR = mkdtempSync(join(tmpdir(), "heradesk-attacks-"));
onEnd(() => rmSync(DATA_DIR, { recursive: true, force: true }));

async function startInstance(env: Record<string, string> = {}) {
  const program = await startProgram({
    databaseUrl: process.env.DATABASE_URL ?? "",
    env: { RATE_LIMIT_FACTOR: "0", DATA_DIR, ...env },
  });
  onEnd(async () => void (await program.stop()));
  return program;
}
