import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { maybeOne, one, sql } from "~/db.server";
import type { Customer } from "./actor";
import { hashSecret, newSecret } from "./secret-token.server";

const visitorRow = z.object({ id: z.string() });

export const TOKEN_FORM = /^[\w-]{43}$/;

/** The customer who was given this token, if they ever started a chat. */
export async function customerOfToken(token: string): Promise<Customer | null> {
  if (!TOKEN_FORM.test(token)) return null;
  const row = await maybeOne(visitorRow, sql`select id from visitors where token_hash = ${hashSecret(token)}`);
  return row && { kind: "customer", visitorId: row.id };
}

/**
 * The customer of a token, made at their first chat. A token that is not one of ours in form is replaced.
 * Typing somebody's e-mail proves nothing, so nothing is ever looked up by it.
 */
export async function visitorFor(
  shown: string | null,
  about: { name?: string | null; email?: string | null },
): Promise<{ customer: Customer; token: string }> {
  const token = shown && TOKEN_FORM.test(shown) ? shown : newSecret();
  const row = await one(
    visitorRow,
    sql`
      insert into visitors (id, token_hash, name, email)
      values (${uuidv7()}, ${hashSecret(token)}, ${about.name ?? null}, ${about.email ?? null})
      on conflict (token_hash) do update set
        name = coalesce(excluded.name, visitors.name), email = coalesce(excluded.email, visitors.email)
      returning id`,
  );
  return { customer: { kind: "customer", visitorId: row.id }, token };
}
