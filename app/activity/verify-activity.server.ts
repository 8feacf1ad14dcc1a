import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { many, one, sql } from "~/db.server";

const BATCH = 2_000;

export interface Verdict {
  /** Rows that were looked at and are as they were written. */
  checked: number;
  /** Of the newest row: written down elsewhere, it shows later whether the whole chain was made anew. */
  head: string;
  broken: Break | null;
}

interface Break {
  position: number;
  /** The row that stands there; null when it is missing. */
  id: number | null;
  how: "changed" | "removed" | "reordered" | "unsealed";
}

const chainRow = z.object({ last: z.number(), head: z.string(), first: z.number(), base: z.string() });
const linkRow = z.object({
  position: z.number(),
  id: z.number(),
  previous: z.string(),
  hash: z.string(),
  computed: z.string(),
});

/** Walks the chain from its beginning and stops at the first row that is not as it was written. @throws NotAllowed */
export async function verifyActivity(admin: Staff): Promise<Verdict> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins read the log.");
  const chain = await one(
    chainRow,
    sql`select last_position as last, encode(last_hash, 'hex') as head, first_position as first, encode(base_hash, 'hex') as base
      from activity_chain`,
  );
  let [checked, previous] = [0, chain.base];
  const verdict = (broken: Break | null) => ({ checked, head: chain.head, broken });
  for (let next = chain.first; next <= chain.last;) {
    const links = await linksFrom(next, chain.last);
    if (links.length === 0) return verdict({ position: next, id: null, how: "removed" });
    for (const link of links) {
      const how = whatIsWrong(link, next, previous);
      if (how) return verdict({ position: next, id: how === "removed" ? null : link.id, how });
      [previous, next, checked] = [link.hash, next + 1, checked + 1];
    }
  }
  if (previous !== chain.head) return verdict({ position: chain.last, id: null, how: "changed" });
  return verdict(await outsideOfTheChain(chain.last));
}

function whatIsWrong(link: z.infer<typeof linkRow>, position: number, previous: string): Break["how"] | null {
  if (link.position !== position) return "removed";
  if (link.computed !== link.hash) return "changed";
  return link.previous === previous ? null : "reordered";
}

function linksFrom(first: number, last: number) {
  return many(
    linkRow,
    sql`
      select l.position, l.id, encode(l.previous_hash, 'hex') as previous, encode(l.hash, 'hex') as hash,
        encode(activity_hash(l.previous_hash, l), 'hex') as computed
      from activity_logs l where l.position between ${first} and ${last} order by l.position limit ${BATCH}`,
  );
}

/** A row that was put in past the trigger. */
async function outsideOfTheChain(last: number): Promise<Break | null> {
  const [row] = await many(
    z.object({ id: z.number() }),
    sql`select id from activity_logs where position is null order by id limit 1`,
  );
  return row ? { position: last, id: row.id, how: "unsealed" } : null;
}
