import Users from "lucide-react/icons/users";
import { memo } from "react";
import type { Colleague } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { EmptyState } from "~/components/empty-state";
import { LoadBar } from "~/components/load-bar";
import { Pill } from "~/components/pill";
import { StatusDot } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { orderTeam, presenceOf } from "~/routes/cs/team-list";

export function AgentTable({ agents }: { agents: readonly Colleague[] }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="agents" className="mt-8">
      <h2 id="agents" className="text-base font-semibold">
        {t("board.agents")}
      </h2>
      <div className="mt-3 overflow-hidden rounded-lg border border-line bg-surface">
        {agents.length === 0 ? (
          <EmptyState icon={<Users size={20} />} title={t("board.agents.empty")}>
            {t("board.agents.empty.text")}
          </EmptyState>
        ) : (
          <table className="w-full table-fixed text-start">
            <thead className="border-b border-line text-xs text-text-muted">
              <tr>
                <th className="px-4 py-2.5 text-start font-medium">{t("board.agent")}</th>
                <th className="w-24 px-2 py-2.5 text-start font-medium sm:w-36">{t("board.status")}</th>
                <th className="w-28 px-4 py-2.5 text-start font-medium sm:w-2/5">{t("board.load")}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {orderTeam(agents).map((agent) => (
                <AgentRow key={agent.id} agent={agent} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

const AgentRow = memo(function AgentRow({ agent }: { agent: Colleague }) {
  const t = useStaffText();
  const { name, avatarUrl, activeChats, maxChats } = agent;
  const status = presenceOf(agent);
  return (
    <tr>
      <th scope="row" className="px-4 py-3 text-start font-medium">
        <span className="flex items-center gap-3">
          <span className="max-sm:hidden">
            <Avatar name={name} url={avatarUrl} size="sm" />
          </span>
          <span className="min-w-0 truncate" title={name}>
            {name}
          </span>
        </span>
      </th>
      <td className="px-2 py-3">
        <span className={`flex items-center gap-2 ${status === "offline" ? "text-text-muted" : ""}`}>
          <StatusDot status={status} />
          <span className="truncate">{t(`status.${status}`)}</span>
        </span>
      </td>
      <td className="px-4 py-3">
        <span className="flex items-center gap-x-3 gap-y-1 max-sm:flex-col max-sm:items-start">
          <span className="w-16 shrink-0 tabular-nums">
            {t("board.load.value", { active: activeChats, max: maxChats })}
          </span>
          <LoadBar active={activeChats} max={maxChats} className="w-full min-w-0 sm:flex-1" />
          <span className="w-14 shrink-0 max-sm:hidden">
            {activeChats >= maxChats && <Pill>{t("board.full")}</Pill>}
          </span>
        </span>
      </td>
    </tr>
  );
});
