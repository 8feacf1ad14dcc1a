import { useStaffText } from "~/messages/staff-text";
import type { AgentFigures as Agent } from "~/reports/shapes";
import { NumberTable } from "./number-table";
import { timeText } from "./totals";

/** Who did how much, how quickly, and was there for how long. */
export function AgentFigures({ agents }: { agents: Agent[] }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="by-agent" className="mt-6">
      <h2 id="by-agent" className="text-base font-semibold">
        {t("trends.agents")}
      </h2>
      <div className="mt-3 overflow-hidden rounded-lg border border-line bg-surface">
        {agents.length === 0 ? (
          <p className="px-4 py-3 text-text-muted">{t("trends.agents.empty")}</p>
        ) : (
          <NumberTable
            label={`${t("trends.agents")}: ${t("trends.table")}`}
            head={[
              t("found.agent"),
              t("trends.ended"),
              t("trends.before", { value: "" }).replace(/[:\s]+$/, ""),
              t("trends.firstReply"),
              `${t("trends.firstReply")}, ${t("trends.p90.head")}`,
              t("trends.resolution"),
              t("trends.rating"),
              t("trends.rated"),
              t("trends.online"),
              t("trends.busy"),
              t("trends.away"),
            ]}
            rows={agents.map(({ name, now, before, online, busy, away }) => [
              name,
              now.ended,
              before.ended,
              timeText(now.firstReply.median),
              timeText(now.firstReply.p90),
              timeText(now.resolution.median),
              now.rating?.toFixed(2) ?? null,
              now.rated,
              hours(online),
              hours(busy),
              hours(away),
            ])}
          />
        )}
      </div>
    </section>
  );
}

/** 27,000 s -> "7:30", as shifts are written. */
const hours = (seconds: number) =>
  `${Math.floor(seconds / 3_600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}`;
