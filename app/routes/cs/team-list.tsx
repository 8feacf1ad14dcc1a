import Users from "lucide-react/icons/users";
import { memo } from "react";
import type { Colleague } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { EmptyState } from "~/components/empty-state";
import { LoadBar } from "~/components/load-bar";
import { StatusDot, type PresenceName } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { useMe } from "./workspace-context";

const ORDER: Record<PresenceName, number> = { online: 0, away: 1, busy: 2, offline: 3 };

export const presenceOf = ({ status, away }: Pick<Colleague, "status" | "away">): PresenceName =>
  status === "online" && away ? "away" : status;

/** Who can help comes first. */
export function orderTeam(team: readonly Colleague[]): Colleague[] {
  return [...team].sort(
    (a, b) => ORDER[presenceOf(a)] - ORDER[presenceOf(b)] || a.name.localeCompare(b.name) || a.id - b.id,
  );
}

export function TeamList({ colleagues }: { colleagues: readonly Colleague[] }) {
  const t = useStaffText();
  const me = useMe();
  const others = orderTeam(colleagues).filter(({ id }) => id !== me.userId);
  if (others.length === 0) {
    return (
      <EmptyState icon={<Users size={20} />} title={t("list.team.empty")}>
        {t("list.team.empty.text")}
      </EmptyState>
    );
  }
  return (
    <ul>
      {others.map((colleague) => (
        <TeamRow key={colleague.id} colleague={colleague} />
      ))}
    </ul>
  );
}

const TeamRow = memo(function TeamRow({ colleague }: { colleague: Colleague }) {
  const t = useStaffText();
  const { name, avatarUrl, activeChats, maxChats } = colleague;
  const status = presenceOf(colleague);
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <span className="relative">
        <Avatar name={name} url={avatarUrl} />
        <StatusDot status={status} className="absolute -bottom-0.5 -end-0.5 bg-clip-content ring-2 ring-surface" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="flex items-center gap-2 text-text-muted">
          <span className="flex-1 truncate">{t(`status.${status}`)}</span>
          <LoadBar active={activeChats} max={maxChats} className="w-14" />
          <span className="tabular-nums">{t("board.load.value", { active: activeChats, max: maxChats })}</span>
        </span>
      </span>
    </li>
  );
});
