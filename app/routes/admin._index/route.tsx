import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useRouteError } from "@remix-run/react";
import CircleAlert from "lucide-react/icons/circle-alert";
import { requireAdmin } from "~/auth/require.server";
import { board } from "~/chat/board.server";
import { queuedChats } from "~/chat/list-chats.server";
import { buttonClass } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { useStays } from "~/components/use-stays";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { AgentTable } from "./agent-table";
import { assignByForm } from "./assign.server";
import { Figures } from "./figures";
import { QueueTable } from "./queue-table";
import { useBoard } from "./use-board";

const RENEW_SECONDS = 10;
const QUEUE_SHOWN = 50;
const PATIENCE_MS = 3_000;

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request);
  const [stats, queue] = await Promise.all([board(), queuedChats(QUEUE_SHOWN)]);
  return { stats, queue, title: staffTextsFor(request)["board.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  return assignByForm(await requireAdmin(request), request);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Board"} · HeraDesk` }];

/** How it goes right now. */
export default function LiveBoard() {
  const t = useStaffText();
  const page = useLoaderData<typeof loader>();
  const stats = useBoard(page.stats);
  const refusal = useActionData<typeof action>();
  const lost = useStays(stats.connection !== "live" && stats.connection !== "polling", PATIENCE_MS);
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content={String(RENEW_SECONDS)} />
      </noscript>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h1 className="text-xl font-semibold tracking-tight">{t("board.title")}</h1>
        <p role="status" className="text-text-muted">
          {lost && t("board.stale")}
        </p>
      </div>
      <Figures stats={stats} />
      <QueueTable queue={page.queue} waiting={stats.waiting} agents={stats.agents} refusal={refusal} />
      <AgentTable agents={stats.agents} />
    </>
  );
}

export function ErrorBoundary() {
  const t = useStaffText();
  useRouteError();
  return (
    <EmptyState
      icon={<CircleAlert size={20} />}
      title={t("problem.fault")}
      action={
        <a href="" className={buttonClass({ look: "primary", size: "sm" })}>
          {t("problem.again")}
        </a>
      }
    >
      {t("problem.fault.text")}
    </EmptyState>
  );
}
