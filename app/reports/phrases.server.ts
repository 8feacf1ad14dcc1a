import { z } from "zod";
import { many, sql, type Db } from "~/db.server";

/** Between two messages, so that no phrase reaches from one into the next. word_pairs knows it too. */
export const BREAK = " zzbreakzz ";

type Condition = ReturnType<typeof sql>;

/**
 * The condition over search_chunks c that it may have the phrases of one of the alternatives: all pairs of neighbours in
 * them. Whether it has them is for its words to say. A chunk without pairs yet may have anything.
 */
export function mayHave(alternatives: string[][]): Condition {
  if (alternatives.some((phrases) => phrases.length === 0)) return sql`true`;
  const any = alternatives.reduce(
    (others, phrases) => sql`${others} or c.pairs @> word_pairs(to_tsvector('simple', ${phrases.join(BREAK)}))`,
    sql`c.pairs is null`,
  );
  return sql`(${any})`;
}

/** Gives chunks of the time before there were pairs theirs, at most so many. @returns how many */
export async function pairSome(tx: Db, most: number): Promise<number> {
  const rows = await many(
    z.object({ chunk: z.number() }),
    sql`
      update search_chunks c set pairs = word_pairs(c.words)
      from (select session_id, chunk from search_chunks where pairs is null limit ${most}) alone
      where c.session_id = alone.session_id and c.chunk = alone.chunk
      returning c.chunk`,
    tx,
  );
  return rows.length;
}
