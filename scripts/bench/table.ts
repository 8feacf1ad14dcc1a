/** Columns as wide as what stands in them; numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const isNumeric = head.map((_, i) => rows.length > 0 && rows.every((row) => /^[\d.,–-]+$/.test(String(row[i]))));
  const fit = (cell: string, i: number) => (isNumeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0));
  return cells.map((row) => row.map(fit).join("  ").trimEnd()).join("\n");
}

export const ms = (value: number) => value.toFixed(value >= 100 ? 0 : 2);
export const whole = (value: number) => Math.round(value).toLocaleString("en");
export const times = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : "–");
