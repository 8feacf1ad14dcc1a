import { Link } from "@remix-run/react";
import { Avatar } from "~/components/avatar";
import { LoadBar } from "~/components/load-bar";
import { Pill } from "~/components/pill";
import { StatusDot } from "~/components/status-dot";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";
import type { UserEntry } from "~/people/list-users.server";

export function UserTable({ users }: { users: UserEntry[] }) {
  const t = useStaffText();
  return (
    <table className="w-full table-fixed text-start">
      <thead className="border-b border-line text-xs text-text-muted">
        <tr>
          <th className="px-4 py-2.5 text-start font-medium">{t("users.person")}</th>
          <th className="w-28 px-2 py-2.5 text-start font-medium sm:w-32">{t("users.status")}</th>
          <th className="w-40 px-2 py-2.5 text-start font-medium max-md:hidden">{t("users.role")}</th>
          <th className="w-44 px-2 py-2.5 text-start font-medium max-md:hidden">{t("users.chats")}</th>
          <th className="w-48 px-4 py-2.5 text-start font-medium max-xl:hidden">{t("users.lastSignIn")}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {users.map((user) => (
          <UserRow key={user.id} user={user} />
        ))}
      </tbody>
    </table>
  );
}

function UserRow({ user }: { user: UserEntry }) {
  const t = useStaffText();
  const { id, name, username, role, avatarUrl, status, disabledAt, activeChats, limit, lastSignInAt } = user;
  return (
    <tr className="relative transition-colors duration-150 focus-within:bg-surface-2 hover:bg-surface-2">
      <th scope="row" className="px-4 py-3 text-start font-medium">
        <span className="flex items-center gap-3">
          <Avatar name={name} url={avatarUrl} />
          <span className="min-w-0">
            <Link to={`/admin/users/${id}`} title={name} className="block truncate before:absolute before:inset-0">
              {name}
            </Link>
            <span className="block truncate text-xs font-normal text-text-muted">
              {username}
              <span className="md:hidden"> · {t(`role.${role}`)}</span>
            </span>
          </span>
        </span>
      </th>
      <td className="px-2 py-3">
        {disabledAt ? (
          <Pill>{t("users.disabled")}</Pill>
        ) : (
          <span className={`flex items-center gap-2 ${status === "offline" ? "text-text-muted" : ""}`}>
            <StatusDot status={status} />
            {t(`status.${status}`)}
          </span>
        )}
      </td>
      <td className="truncate px-2 py-3 max-md:hidden">{t(`role.${role}`)}</td>
      <td className="px-2 py-3 max-md:hidden">
        <span className="flex items-center gap-3">
          <span className="w-14 shrink-0 tabular-nums">
            {t("board.load.value", { active: activeChats, max: limit })}
          </span>
          <LoadBar active={activeChats} max={limit} className="min-w-0 flex-1" />
        </span>
      </td>
      <td className="truncate px-4 py-3 text-text-muted max-xl:hidden">
        {lastSignInAt ? <DateTime iso={lastSignInAt} /> : t("users.never")}
      </td>
    </tr>
  );
}
