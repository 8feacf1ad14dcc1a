import type pg from "pg";

/** What the driver tells a query of its own kind; the part of it that COPY needs. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

export type Cell = string | number | boolean | Date | null;

/** Writes rows with COPY, many times as fast as with INSERT. `columns` as in the table. */
export function copyInto(client: pg.Client, table: string, columns: string[], rows: Cell[][]): Promise<void> {
  if (rows.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const query = {
      submit: (wire: Wire) => wire.query(`copy ${table} (${columns.join(", ")}) from stdin`),
      handleCopyInResponse(wire: Wire) {
        for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
          wire.sendCopyFromChunk(
            Buffer.from(
              rows
                .slice(from, from + ROWS_AT_ONCE)
                .map(line)
                .join(""),
            ),
          );
        }
        wire.endCopyFrom();
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(),
      handleError: (error: Error) => reject(error),
    };
    client.query(query as unknown as pg.Submittable);
  });
}

const ROWS_AT_ONCE = 2_000;

const line = (row: Cell[]) => `${row.map(written).join("\t")}\n`;

function written(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell === "string") return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, escaped) : cell;
  return cell instanceof Date ? cell.toISOString() : String(cell);
}

const escaped = (char: string) => ({ "\t": "\\t", "\n": "\\n", "\r": "\\r" })[char] ?? "\\\\";
