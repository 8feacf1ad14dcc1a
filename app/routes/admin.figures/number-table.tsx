import { useStaffText } from "~/messages/staff-text";

interface Props {
  label: string;
  head: string[];
  /** The first cell of each names the row. */
  rows: (string | number | null)[][];
}

/** Numbers in columns; a table wider than its place scrolls, also by keyboard. */
export function NumberTable({ label, head, rows }: Props) {
  const t = useStaffText();
  return (
    <div tabIndex={0} role="region" aria-label={label} className="max-h-96 overflow-auto border-t border-line">
      <table className="w-full text-end tabular-nums">
        <thead className="sticky top-0 bg-surface text-xs text-text-muted">
          <tr>
            {head.map((name, i) => (
              <th key={name} scope="col" className={`px-3 py-2 font-medium ${i === 0 ? "ps-4 text-start" : ""}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row" className="whitespace-nowrap px-3 py-1.5 ps-4 text-start font-medium">
                {name}
              </th>
              {cells.map((cell, i) => (
                <td key={i} className="px-3 py-1.5">
                  {cell ?? <span className="text-text-muted">{t("trends.none")}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
