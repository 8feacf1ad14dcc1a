import { stringify } from "csv-stringify/sync";
import type { Staff } from "~/auth/actor";
import { listActivity, type ActivityEntry, type ActivityFilter } from "./list-activity.server";

const ROWS_AT_ONCE = 1_000;
const COLUMNS = [
  "position",
  "createdAt",
  "userId",
  "username",
  "action",
  "subject",
  "details",
  "ip",
  "userAgent",
  "hash",
] as const;

/**
 * All that fits the filter, newest first, a page at a time: as much memory for a million rows as for one page. What a
 * spreadsheet would run is text. @throws NotAllowed
 */
export async function* exportActivity(
  admin: Staff,
  filter: ActivityFilter,
  format: "csv" | "json",
): AsyncGenerator<string> {
  if (format === "csv") yield `${COLUMNS.join(",")}\r\n`;
  let before = filter.before;
  let first = true;
  for (;;) {
    const { entries, next } = await listActivity(admin, { ...filter, before }, ROWS_AT_ONCE);
    yield format === "csv"
      ? lines(entries)
      : entries.map((entry, i) => `${first && i === 0 ? "[\n" : ",\n"}${JSON.stringify(entry)}`).join("");
    if (entries.length > 0) first = false;
    if (next === null) break;
    before = next;
  }
  if (format === "json") yield first ? "[]\n" : "\n]\n";
}

function lines(entries: ActivityEntry[]): string {
  const rows = entries.map((entry) => ({ ...entry, details: JSON.stringify(entry.details) }));
  return stringify(rows, { columns: [...COLUMNS], escape_formulas: true, record_delimiter: "windows" });
}
