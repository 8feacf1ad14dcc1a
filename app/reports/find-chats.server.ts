import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { allOf, chatFilter, conditionOf, daysOf } from "./chat-filter.server";
import { unindexedOf, wantedOf } from "./chat-sources.server";
import {
  FOUND_PAGE,
  foundChat,
  isCommon,
  merged,
  pageInOrder,
  pageNearby,
  pageOfFew,
  placeOf,
} from "./found-page.server";
import type { FoundRow, Place } from "./found-page.server";
import { hitsIn, saidByFew, saidNearby } from "./search-words.server";
import type { FoundChat } from "./shapes";

/** A place in the list: the microsecond in which a chat began, and its id. */
const cursor = z.string().regex(/^\d{1,17}\.[0-9a-f-]{36}$/, "This address was cut.");

export const findInput = chatFilter.extend({
  /** The page that comes after this place (older), or the one before it (newer). */
  before: cursor.optional(),
  after: cursor.optional(),
});

export type FindInput = z.infer<typeof findInput>;

export interface FoundPage {
  chats: FoundChat[];
  /** Places to go on from; null where there is nothing more. */
  older: string | null;
  newer: string | null;
}

/** All chats that fit, newest first, a page of them. @throws NotAllowed, Invalid */
export async function findChats(admin: Staff, input: FindInput): Promise<FoundPage> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins read all chats.");
  const { before, after } = input;
  const rows = merged(await pagesOf(input), after !== undefined);
  const shown = after === undefined ? rows.slice(0, FOUND_PAGE) : rows.slice(0, FOUND_PAGE).reverse();
  const more = rows.length > FOUND_PAGE;
  const ids = shown.map(({ id }) => id);
  const hits = input.q ? await hitsIn(ids, input.q) : null;
  return {
    chats: shown.map((row) => ({ ...foundChat(row), hits: hits?.get(row.id) ?? [] })),
    older: (after === undefined ? more : shown.length > 0) ? placeOf(shown.at(-1)) : null,
    newer: (after === undefined ? before !== undefined && shown.length > 0 : more) ? placeOf(shown[0]) : null,
  };
}

/** A page of what the index knows, and one of what it does not know yet. */
async function pagesOf(input: FindInput): Promise<FoundRow[][]> {
  const place: Place = { days: await daysOf(input), before: input.before, after: input.after };
  const unindexed = await unindexedOf(input);
  const [indexed, ...others] = await Promise.all([pageOf(input, place), unindexed && pageOfFew(unindexed, place)]);
  return others.reduce((pages, page) => (page ? [...pages, page] : pages), [indexed]);
}

/**
 * Most filters fit some of the newest chats, where a page is soon full; what does not is rare, and then its own index is
 * quick. Left to the planner, which cannot know what goes with what, all chats are walked through for a handful.
 */
async function pageOf(input: FindInput, place: Place): Promise<FoundRow[]> {
  const [plain, wanted] = [conditionOf(input), wantedOf(input)];
  const nearby = await pageNearby(allOf([plain, ...wanted.map(saidNearby)]), place);
  if (nearby.length > FOUND_PAGE) return nearby;
  const found = await Promise.all(wanted.map(async (isSo) => ({ isSo, few: await saidByFew(isSo) })));
  const fits = allOf([plain, ...found.map(({ few }) => few)]);
  const common = found.filter(({ few }) => few === null).map(({ isSo }) => saidNearby(isSo));
  const isByOrder = common.length > 0 && common.length === found.length && (await isCommon(plain, place));
  return isByOrder ? pageInOrder(allOf([fits, ...common]), place) : pageOfFew(fits, place, allOf(common));
}
