import { Invalid } from "~/chat/errors";
import { sql } from "~/db.server";
import { nameQuery } from "~/people/misspelled.server";
import { allOf, conditionOf, type ChatFilter, type Condition } from "./chat-filter.server";
import { hasWords, saidNearby, staleMatches, wordsQuery } from "./search-words.server";

/** What must be in the index for it: conditions over search_chunks c. @throws Invalid */
export const wantedOf = ({ q, customer }: ChatFilter): Condition[] => [
  ...(customer === undefined ? [] : [isNamed(customer)]),
  ...(q === undefined ? [] : [words(hasWords(q))]),
];

/** The chats that fit by what was said since they were indexed, as a condition over chat_sessions s. @throws Invalid */
export async function unindexedOf(filter: ChatFilter): Promise<Condition | null> {
  if (filter.q === undefined) return null;
  const ids = await staleMatches(words(wordsQuery(filter.q)));
  if (ids.length === 0) return null;
  const others = wantedOf({ customer: filter.customer }).map(saidNearby);
  return allOf([conditionOf(filter), ...others, sql`s.id = any(${ids}::uuid[])`]);
}

function words(query: Condition | null) {
  if (!query) throw new Invalid("Write a word to search for.", { q: "Write a word to search for." });
  return query;
}

function isNamed(customer: string) {
  const query = nameQuery(customer);
  if (!query) throw new Invalid("Write a name.", { customer: "Write a name." });
  return sql`c.words @@ ${query}::tsquery`;
}
