import { parse as parseCsv } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { logActivity } from "~/activity/log.server";
import type { Staff } from "~/auth/actor";
import { Invalid } from "~/chat/errors";
import { exec, sql, transaction } from "~/db.server";
import { cannedInput } from "./edit-canned.server";
import { mustBeAdmin, sharedCanned } from "./shared-canned.server";

const COLUMNS = ["shortcut", "title", "content", "category"] as const;
const MOST_ROWS = 1_000;
const MOST_CHARACTERS = 1_000_000;
/** What a spreadsheet would run; the export puts an apostrophe before it, which the import takes off. */
const GUARDED = /^'(?=[=+\-@\t\r])/;

export const importInput = z.object({
  csv: z.string().min(1, "Choose a file, or paste lines.").max(MOST_CHARACTERS, "At most 1,000,000 characters."),
});

interface LineError {
  /** As an editor counts. */
  line: number;
  message: string;
}

export interface ImportCheck {
  created: number;
  changed: number;
  same: number;
  errors: LineError[];
}

interface Line {
  line: number;
  input: Required<z.infer<typeof cannedInput>>;
}

/** All shared replies as CSV, safe to open in a spreadsheet. @throws NotAllowed */
export async function exportCanned(admin: Staff): Promise<string> {
  const rows = await sharedCanned(admin, { search: "", category: "" });
  return stringify(rows, { header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: "windows" });
}

/** What an import would do, and what is wrong with which line. Changes nothing. @throws NotAllowed, Invalid */
export async function checkImport(admin: Staff, csv: string): Promise<ImportCheck> {
  mustBeAdmin(admin);
  const { lines, errors } = readLines(csv);
  const known = new Map(
    (await sharedCanned(admin, { search: "", category: "" })).map((one) => [one.shortcut, one] as const),
  );
  const check = { created: 0, changed: 0, same: 0, errors };
  for (const { input } of lines) {
    const before = known.get(input.shortcut);
    if (!before) check.created++;
    else if (COLUMNS.every((name) => before[name] === input[name])) check.same++;
    else check.changed++;
  }
  return check;
}

/** Adds and changes by shortcut, all lines or none. @throws NotAllowed, Invalid naming the first wrong line */
export async function importCanned(admin: Staff, csv: string): Promise<ImportCheck> {
  const check = await checkImport(admin, csv);
  const [wrong] = check.errors;
  if (wrong) throw new Invalid(`Line ${wrong.line}: ${wrong.message}`, { csv: `Line ${wrong.line}: ${wrong.message}` });
  const inputs = readLines(csv).lines.map(({ input }) => input);
  await transaction(async (tx) => {
    await exec(
      sql`
        insert into canned_responses (shortcut, title, content, category)
        select * from unnest(${column(inputs, "shortcut")}::text[], ${column(inputs, "title")}::text[],
          ${column(inputs, "content")}::text[], ${column(inputs, "category")}::text[])
        on conflict (coalesce(owner_id, 0), shortcut) do update set title = excluded.title, content = excluded.content,
          category = excluded.category, updated_at = now()
        where (canned_responses.title, canned_responses.content, canned_responses.category)
          is distinct from (excluded.title, excluded.content, excluded.category)`,
      tx,
    );
    const { created, changed, same } = check;
    await logActivity(admin.userId, "canned.imported", null, { created, changed, same }, tx);
  });
  return check;
}

const column = (inputs: Line["input"][], name: (typeof COLUMNS)[number]) => inputs.map((one) => one[name]);

function readLines(csv: string): { lines: Line[]; errors: LineError[] } {
  const records = recordsIn(csv);
  if (records.length > MOST_ROWS) throw unreadable(`At most ${MOST_ROWS} replies at a time.`);
  const lines: Line[] = [];
  const errors: LineError[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of records) {
    const parsed = cannedInput.safeParse({ category: "", ...record });
    if (!parsed.success) {
      const [{ path = [], message = "" } = {}] = parsed.error.issues;
      errors.push({ line: info.lines, message: `${path.join(".")}: ${message}` });
      continue;
    }
    const { shortcut, category = null } = parsed.data;
    const twice = seen.get(shortcut);
    if (twice) errors.push({ line: info.lines, message: `shortcut: /${shortcut} stands in line ${twice} already.` });
    else lines.push({ line: info.lines, input: { ...parsed.data, category } });
    seen.set(shortcut, twice ?? info.lines);
  }
  return { lines, errors };
}

interface CsvRecord {
  record: Record<string, string>;
  info: { lines: number };
}

/** @throws Invalid when it is no CSV, or not of replies */
function recordsIn(csv: string): CsvRecord[] {
  let records: CsvRecord[];
  try {
    records = parseCsv(csv, {
      bom: true,
      info: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      delimiter: [",", ";", "\t"],
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (value) => value.replace(GUARDED, ""),
    }) as unknown as CsvRecord[];
  } catch (error) {
    throw unreadable(`That is not CSV: ${(error as Error).message}.`);
  }
  const missing = ["shortcut", "title", "content"].filter((name) => !records[0] || !(name in records[0].record));
  if (missing.length > 0) throw unreadable(`The first line must name the columns; missing: ${missing.join(", ")}.`);
  return records;
}

const unreadable = (message: string) => new Invalid(message, { csv: message });
