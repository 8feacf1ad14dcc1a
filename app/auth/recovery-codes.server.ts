import { randomBytes } from "node:crypto";
import type pg from "pg";
import { exec, one, sql } from "~/db.server";
import { z } from "zod";
import { hashSecret } from "./secret-token.server";

const CODES = 10;
/** Without the four that are taken for others. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
/** 119 random bits: enough for a fast hash to keep them. */
const GROUPS = 6;

/** Ten fresh codes for somebody, the old ones worth nothing any more. Only their hashes are kept: they are seen once. */
export async function makeRecoveryCodes(userId: number, tx: pg.PoolClient): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await exec(sql`delete from recovery_codes where user_id = ${userId}`, tx);
  await exec(
    sql`insert into recovery_codes (user_id, code_hash)
      select ${userId}, hash from unnest(${codes.map((code) => hashSecret(plain(code)))}::bytea[]) as hash`,
    tx,
  );
  return codes;
}

/** Takes a code, once. @returns whether it counted. */
export async function takeRecoveryCode(userId: number, code: string): Promise<boolean> {
  const taken = await exec(sql`
    update recovery_codes set used_at = now()
    where user_id = ${userId} and code_hash = ${hashSecret(plain(code))} and used_at is null`);
  return taken === 1;
}

export async function recoveryCodesLeft(userId: number): Promise<number> {
  const { n } = await one(
    z.object({ n: z.number() }),
    sql`select count(*)::integer as n from recovery_codes where user_id = ${userId} and used_at is null`,
  );
  return n;
}

/** However it is typed. */
const plain = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** In groups that can be written down. */
function newCode(): string {
  const letter = (): string => {
    const byte = randomBytes(1)[0] ?? 255;
    // What lies beyond the last whole alphabet would favour its first letters.
    return byte < LETTERS.length * 8 ? (LETTERS[byte % LETTERS.length] ?? "") : letter();
  };
  return Array.from({ length: GROUPS }, () => Array.from({ length: 4 }, letter).join("")).join("-");
}
