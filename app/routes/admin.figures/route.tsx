import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import Download from "lucide-react/icons/download";
import { requireAdmin } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { buttonClass } from "~/components/button";
import { PageHead } from "~/components/page-head";
import { catalogueFor } from "~/messages/catalogue.server";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { sayFrom } from "~/messages/text";
import { askedOf } from "~/reports/chat-filter.server";
import { trends, trendsInput } from "~/reports/trends.server";
import { refusalView } from "../refusal.server";
import { AgentFigures } from "./agent-figures";
import { Chart } from "./chart";
import { chartsOf } from "./charts.server";
import { DayTable } from "./day-table";
import { HourTable } from "./hour-table";
import { RangeForm } from "./range-form";
import { Totals } from "./totals";

export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const texts = staffTextsFor(request);
  const asked = askedOf(request);
  const page = { asked, title: texts["trends.title"] };
  try {
    const figures = await trends(admin, parse(trendsInput, asked));
    const charts = chartsOf(figures, sayFrom(texts), catalogueFor(request).locale);
    return { ...page, figures, charts, refusal: null };
  } catch (error) {
    return { ...page, figures: null, charts: null, refusal: refusalView(error, asked, request) };
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Figures"} · HeraDesk` }];

/** How it went, over days: as totals, as pictures and as numbers. */
export default function FiguresPage() {
  const t = useStaffText();
  const { asked, figures, charts, refusal } = useLoaderData<typeof loader>();
  const spread = [t("trends.median"), t("trends.p90.head")];
  const counts = [t("trends.started"), t("trends.ended")];
  return (
    <>
      <PageHead
        title={t("trends.title")}
        intro={figures && t("trends.compared", { zone: figures.timeZone.replaceAll("_", " ") })}
      >
        {figures && (
          <a
            href={`/admin/figures.csv?${new URLSearchParams(asked).toString()}`}
            download
            className={buttonClass({ size: "sm" })}
          >
            <Download size={16} aria-hidden="true" />
            {t("trends.csv")}
          </a>
        )}
      </PageHead>
      <RangeForm asked={asked} range={figures?.range ?? null} errors={refusal?.fields ?? {}} />
      {figures && charts && (
        <>
          <Totals now={figures.now} past={figures.past} />
          <div className="mt-4 grid gap-4 lg:grid-cols-2">
            {figures.days.length > 1 && <Chart title={t("trends.perDay")} legend={counts} shape={charts.perDay} />}
            <Chart title={t("trends.perHour")} legend={counts} shape={charts.perHour} />
            {figures.days.length > 1 && (
              <>
                <Chart title={t("trends.waits")} legend={spread} shape={charts.waiting} />
                <Chart title={t("trends.reply")} legend={spread} shape={charts.firstReply} />
                <Chart title={t("trends.resolved")} legend={spread} shape={charts.resolution} />
                <Chart title={t("trends.ratings")} shape={charts.rating} />
              </>
            )}
          </div>
          <details className="mt-4 rounded-lg border border-line bg-surface">
            <summary className="min-h-[44px] cursor-pointer rounded-lg px-4 py-3 font-semibold">
              {t("trends.table")}
            </summary>
            <DayTable days={figures.days} />
            <HourTable hours={figures.hours} />
          </details>
          <AgentFigures agents={figures.agents} />
        </>
      )}
    </>
  );
}
