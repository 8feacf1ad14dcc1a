import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { NotAllowed } from "~/chat/errors";
import { many, sql } from "~/db.server";

const MOST_SHOWN = 1_000;

const sharedRow = z.object({
  id: z.number(),
  shortcut: z.string(),
  title: z.string(),
  content: z.string(),
  category: z.string().nullable(),
  used: z.number(),
  lastUsedAt: z
    .date()
    .nullable()
    .transform((at) => at?.toISOString() ?? null),
});

export type SharedCanned = z.infer<typeof sharedRow>;

export const sharedFilter = z.object({
  search: z.string().max(200).catch("").default(""),
  /** "-": those without one. */
  category: z.string().max(40).catch("").default(""),
});

/** The team's replies by category and shortcut, with how often each was used. @throws NotAllowed */
export async function sharedCanned(
  admin: Staff,
  { search, category }: z.infer<typeof sharedFilter>,
): Promise<SharedCanned[]> {
  mustBeAdmin(admin);
  const wanted = `%${search.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
  return many(
    sharedRow,
    sql`
      select id, shortcut, title, content, category, used, last_used_at as "lastUsedAt" from canned_responses
      where owner_id is null and (shortcut ilike ${wanted} or title ilike ${wanted} or content ilike ${wanted})
        and (${category} = '' or coalesce(category, '-') = ${category})
      order by lower(category) nulls last, shortcut limit ${MOST_SHOWN}`,
  );
}

/** @throws NotAllowed */
export async function categories(admin: Staff): Promise<string[]> {
  mustBeAdmin(admin);
  const rows = await many(
    z.object({ category: z.string() }),
    sql`
      select distinct category from canned_responses where owner_id is null and category is not null
      order by category limit 200`,
  );
  return rows.map(({ category }) => category);
}

export function mustBeAdmin(admin: Staff) {
  if (admin.role !== "admin") throw new NotAllowed("Only admins look after shared replies.");
}
