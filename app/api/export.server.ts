import { stringify } from "csv-stringify/sync";
import type { LoaderFunctionArgs } from "@remix-run/node";
import type { Staff } from "~/auth/actor";
import { parse } from "~/chat/parse";
import { askedOf, chatFilter } from "~/reports/chat-filter.server";
import { countChats, EXPORT_COLUMNS, exportedChats, type ExportRow } from "~/reports/export-chats.server";

const KINDS = {
  csv: { type: "text/csv; charset=utf-8", write: asCsv, begin: asCsvHead(), end: "" },
  json: { type: "application/json; charset=utf-8", write: asJson, begin: "[\n", end: "\n]\n" },
};

/**
 * The chats that the address asks for, as a file of any length: a batch is read from the database when the reader has
 * taken the one before, and no more once they are gone. `X-Total-Count` says how many will come. @throws Invalid
 */
export async function exportAs(kind: "csv" | "json", admin: Staff, { request, context }: LoaderFunctionArgs) {
  const filter = parse(chatFilter, askedOf(request));
  const total = await countChats(admin, filter);
  const { type, write, begin, end } = KINDS[kind];
  const batches = exportedChats(admin, filter, request.signal);
  const encoder = new TextEncoder();
  let first = true;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        await context.taken();
        const { value: rows, done } = await batches.next();
        const before = first ? begin : "";
        if (done) {
          stream.enqueue(encoder.encode(before + end));
          return stream.close();
        }
        stream.enqueue(encoder.encode(before + write(rows, first)));
        first = false;
      },
      async cancel() {
        await batches.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="chats.${kind}"`,
      "Cache-Control": "no-store",
      "X-Total-Count": String(total),
    },
  });
}

/** Cells that a spreadsheet would run begin with an apostrophe. */
const SAFE = {
  escape_formulas: true,
  record_delimiter: "windows",
  cast: { date: (at: Date) => at.toISOString() },
} as const;

function asCsvHead() {
  return `\uFEFF${EXPORT_COLUMNS.join(",")}\r\n`;
}

function asCsv(rows: ExportRow[]): string {
  return stringify(
    rows.map((row) => EXPORT_COLUMNS.map((column) => oneLine(row[column]))),
    SAFE,
  );
}

/** A line is a chat, for those who count lines. */
const oneLine = <T>(cell: T) => (typeof cell === "string" ? cell.replace(/[\r\n]+/g, " ") : cell);

function asJson(rows: ExportRow[], first: boolean): string {
  return (first ? "" : ",\n") + rows.map((row) => JSON.stringify(row)).join(",\n");
}
