import { Avatar } from "~/components/avatar";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";
import type { ActivityEntry } from "~/activity/list-activity.server";
import { actionText } from "./action-text";

/** One thing that was done; opened, everything that the log knows of it. */
export function ActivityRow({ entry }: { entry: ActivityEntry }) {
  const t = useStaffText();
  const { userId, userName, action, subject, ip, createdAt } = entry;
  const who = userName ?? (userId === null ? t("activity.who.none") : t("activity.who.gone", { id: userId }));
  return (
    <li className="border-b border-line last:border-0">
      <details>
        <summary className="flex min-h-[52px] cursor-pointer items-center gap-3 px-4 py-2 hover:bg-surface-2">
          <span className="max-sm:hidden">
            <Avatar name={userName} size="sm" />
          </span>
          <span className="min-w-0 flex-1">
            <span className="block truncate">
              <span className="font-medium">{who}</span>{" "}
              <span className="text-text-muted">{actionText(t, action)}</span>
            </span>
            {subject && <span className="block truncate text-xs text-text-muted">{subject}</span>}
          </span>
          <span className="shrink-0 text-end text-xs text-text-muted">
            <DateTime iso={createdAt} className="block" />
            {ip}
          </span>
        </summary>
        <Everything entry={entry} />
      </details>
    </li>
  );
}

function Everything({ entry }: { entry: ActivityEntry }) {
  const t = useStaffText();
  const { action, details, userAgent, position, hash } = entry;
  const { before, after, ...rest } = details;
  const names = [...new Set([...keysOf(before), ...keysOf(after)])];
  return (
    <div className="border-t border-line bg-surface-2 px-4 py-3">
      {names.length > 0 && (
        <table className="mb-3 w-full table-fixed text-start">
          <thead className="text-xs text-text-muted">
            <tr>
              <th className="w-1/4 py-1 pe-3 text-start font-medium">{t("activity.field")}</th>
              <th className="py-1 pe-3 text-start font-medium">{t("activity.before")}</th>
              <th className="py-1 text-start font-medium">{t("activity.after")}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name} className="align-top">
                <th scope="row" className="break-anywhere py-1 pe-3 text-start font-medium">
                  {name || entry.subject}
                </th>
                <td className="break-anywhere whitespace-pre-wrap py-1 pe-3">{show(before, name)}</td>
                <td className="break-anywhere whitespace-pre-wrap py-1">{show(after, name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {Object.entries({ [t("activity.action")]: action, ...rest }).map(([name, value]) => (
          <Fact key={name} name={name} value={plain(value)} />
        ))}
        {userAgent && <Fact name={t("activity.with")} value={userAgent} />}
        {hash && <Fact name={t("activity.link", { position: position ?? "–" })} value={hash} mono />}
      </dl>
    </div>
  );
}

function Fact({ name, value, mono = false }: { name: string; value: string; mono?: boolean }) {
  return (
    <>
      <dt className="text-text-muted">{name}</dt>
      <dd className={`break-anywhere min-w-0 ${mono ? "font-mono text-xs leading-5" : ""}`}>{value}</dd>
    </>
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value that is no record stands for its subject, under no name. */
const keysOf = (value: unknown) => (value === undefined ? [] : isRecord(value) ? Object.keys(value) : [""]);
const show = (value: unknown, name: string) => plain(isRecord(value) ? value[name] : name === "" ? value : undefined);
const plain = (value: unknown) =>
  value === null || value === undefined || value === ""
    ? "–"
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
