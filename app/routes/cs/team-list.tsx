import Users from "lucide-react/icons/users";
import { memo } from "react";
import type { AgentStatus, Colleague } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { EmptyState } from "~/components/empty-state";
import { LoadBar } from "~/components/load-bar";
import { StatusDot } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { useMe } from "./workspace-context";

const ORDER: Record<AgentStatus, number> = { online: 0, busy: 1, offline: 2 };

/** Who can help comes first. */
export function orderTeam(team: readonly Colleague[]): Colleague[] {
  return [...team].sort((a, b) => ORDER[a.status] - ORDER[b.status] || a.name.localeCompare(b.name) || a.id - b.id);
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
  const { name, avatarUrl, status, activeChats, maxChats } = colleague;
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
