import type { ReactNode } from "react";
import type { BoardStats } from "~/chat/shapes";
import { Elapsed } from "~/components/elapsed";
import { useStaffText } from "~/messages/staff-text";

/** Six numbers, the ones that may need somebody first; amber only while somebody waits. */
export function Figures({ stats }: { stats: BoardStats }) {
  const t = useStaffText();
  const waiting = stats.waiting > 0;
  return (
    <>
      <dl className="mt-4 grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Figure name={t("board.waiting")} urgent={waiting}>
          {stats.waiting}
        </Figure>
        <Figure name={t("board.longest")} urgent={waiting}>
          {stats.longestWaitSince ? (
            <Elapsed since={stats.longestWaitSince} />
          ) : (
            <Nothing text={t("board.longest.none")} />
          )}
        </Figure>
        <Figure name={t("board.active")}>{stats.active}</Figure>
        <Figure name={t("board.online")}>
          {stats.agentsOnline}
          <small className="ps-1.5 text-sm font-normal text-text-muted">
            {t("board.online.of", { count: stats.agents.length })}
          </small>
        </Figure>
        <Figure name={t("board.started")}>{stats.startedToday}</Figure>
        <Figure name={t("board.ended")}>{stats.endedToday}</Figure>
      </dl>
      {stats.agentsOnline === 0 && (
        <p className="mt-3 rounded-lg bg-waiting-soft px-4 py-2.5 font-medium text-waiting">
          {t("board.nobodyOnline")}
        </p>
      )}
    </>
  );
}

function Figure({ name, urgent, children }: { name: string; urgent?: boolean; children: ReactNode }) {
  return (
    <div
      className={`flex flex-col justify-between rounded-lg border p-4 ${urgent ? "border-transparent bg-waiting-soft" : "border-line bg-surface"}`}
    >
      <dt className={urgent ? "text-waiting" : "text-text-muted"}>{name}</dt>
      <dd className={`mt-2 text-3xl font-semibold tabular-nums tracking-tight ${urgent ? "text-waiting" : ""}`}>
        {children}
      </dd>
    </div>
  );
}

function Nothing({ text }: { text: string }) {
  return (
    <>
      <span aria-hidden="true" className="text-text-muted">
        –
      </span>
      <span className="sr-only">{text}</span>
    </>
  );
}
