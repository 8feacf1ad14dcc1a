/** Columns as wide as what stands in them; numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => (/^[\d.,×–-]/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export const ms = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
export const whole = (value: number) => Math.round(value).toLocaleString("en");
export const times = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)}×` : "–");
