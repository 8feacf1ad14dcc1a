import { z } from "zod";
import { many, sql } from "~/db.server";
import { recentChats, vectorOf, WRITTEN } from "./index-search.server";
import { BREAK, mayHave } from "./phrases.server";
import { excerpt, readWords } from "./read-words";
import type { Hit } from "./shapes";

const MOST_STALE = 500;
const HITS_PER_CHAT = 3;

type Query = ReturnType<typeof sql>;

/** A query for search_chunks.words, in any language: nothing is stemmed. Null: there is nothing to look for. */
export function wordsQuery(typed: string): Query | null {
  const read = readWords(typed);
  return read && sql`websearch_to_tsquery('simple', ${read.all})`;
}

/** The same as a condition over search_chunks c. */
export function hasWords(typed: string): Query | null {
  const read = readWords(typed);
  return read && sql`c.words @@ websearch_to_tsquery('simple', ${read.all}) and ${mayHave(read.phrases)}`;
}

const idRow = z.object({ id: z.string() });

/** The condition over chat_sessions s that one of its search_chunks c is so, for reading all of them. */
export const saidAnywhere = (isSo: Query) => sql`s.id in (select c.session_id from search_chunks c where ${isSo})`;

/** The same for reading chats one by one. */
export const saidNearby = (isSo: Query) =>
  sql`exists (select 1 from search_chunks c where c.session_id = s.id and ${isSo} offset 0)`;

/** So many chats are looked up one by one; of more than that, the newest ones are soon met with in the list itself. */
const FEW = 2_000;

/** The same where it is so for few chats, else null. What the planner cannot know is asked: how rare it is. */
export async function saidByFew(isSo: Query): Promise<Query | null> {
  const rows = await many(idRow, sql`select c.session_id as id from search_chunks c where ${isSo} limit ${FEW + 1}`);
  return rows.length > FEW ? null : sql`s.id = any(${rows.map(({ id }) => id)}::uuid[])`;
}

/** Chats that match by what was said since they were indexed: those that are open, or ended a moment ago. */
export async function staleMatches(query: Query): Promise<string[]> {
  const rows = await many(
    idRow,
    sql`
      select s.id from ${await recentChats()} recent
      join chat_sessions s on s.id = recent.id
      left join lateral (
        select c.through_seq, c.words from search_chunks c where c.session_id = s.id order by c.chunk desc limit 1
      ) known on true
      cross join lateral (
        select string_agg(m.content, ${BREAK} order by m.seq) as content from messages m
        where m.session_id = s.id and m.seq > coalesce(known.through_seq, 0) and ${WRITTEN}
      ) since
      where s.last_seq > coalesce(known.through_seq, 0)
        and coalesce(known.words, ${vectorOf(sql`concat_ws(' ', s.customer_name, s.customer_email)`)})
          || ${vectorOf(sql`coalesce(since.content, '')`)} @@ ${query}
      limit ${MOST_STALE}`,
  );
  return rows.map(({ id }) => id);
}

const hitRow = z.object({
  session_id: z.string(),
  seq: z.number(),
  sender_type: z.enum(["customer", "cs", "system"]),
  note: z.boolean(),
  content: z.string(),
});

/** Where in these chats the words were said: the first few messages of each, by chat. What was taken back is not there. */
export async function hitsIn(ids: string[], typed: string): Promise<Map<string, Hit[]>> {
  const read = readWords(typed);
  const hits = new Map<string, Hit[]>();
  if (!read) return hits;
  const rows = await many(
    hitRow,
    sql`
      select w.id as session_id, hit.seq, hit.sender_type, hit.note, hit.content
      from unnest(${ids}::uuid[]) as w (id)
      cross join lateral (
        select m.seq, m.sender_type, m.visibility = 'staff' as note, m.content from messages m
        where m.session_id = w.id and ${WRITTEN}
          and ${vectorOf(sql`m.content`)} @@ websearch_to_tsquery('simple', ${read.any})
        order by m.seq limit ${HITS_PER_CHAT}
      ) hit
      order by w.id, hit.seq`,
  );
  for (const { session_id, seq, sender_type, note, content } of rows) {
    const hit = { seq, senderType: sender_type, note, parts: excerpt(content, read.words) };
    hits.set(session_id, [...(hits.get(session_id) ?? []), hit]);
  }
  return hits;
}
