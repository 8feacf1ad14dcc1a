import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import Download from "lucide-react/icons/download";
import ScrollText from "lucide-react/icons/scroll-text";
import ShieldCheck from "lucide-react/icons/shield-check";
import { activityFilter, knownActions, listActivity } from "~/activity/list-activity.server";
import { verifyActivity } from "~/activity/verify-activity.server";
import { FormToken } from "~/auth/form-token";
import { requireAdmin } from "~/auth/require.server";
import { Button, buttonClass } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { everybody } from "~/people/list-users.server";
import { ActivityFilters } from "./activity-filters";
import { ActivityRow } from "./activity-row";
import { VerdictCard } from "./verdict-card";

export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = activityFilter.safeParse(params);
  const wrong = parsed.success ? null : (parsed.error.issues[0]?.message ?? null);
  const [{ entries, next }, actions, people] = await Promise.all([
    parsed.success ? listActivity(admin, parsed.data) : { entries: [], next: null },
    knownActions(),
    everybody(admin),
  ]);
  return { entries, next, actions, people, wrong, title: staffTextsFor(request)["activity.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  return data({ verdict: await verifyActivity(await requireAdmin(request)) });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Activity"} · HeraDesk` }];

/** Who did what, when and from where; and whether the log is as it was written. */
export default function ActivityPage() {
  const t = useStaffText();
  const { entries, next, actions, people, wrong } = useLoaderData<typeof loader>();
  const verdict = useActionData<typeof action>()?.verdict;
  const [search] = useSearchParams();
  const busy = useNavigation().formMethod === "POST";
  const older = new URLSearchParams(search);
  older.set("before", String(next));
  const filter = new URLSearchParams([...search].filter(([name, value]) => value && name !== "before"));
  return (
    <div className="max-w-5xl">
      <PageHead title={t("activity.title")} intro={t("activity.intro")}>
        <Form method="post" preventScrollReset>
          <FormToken />
          <Button size="sm" aria-disabled={busy || undefined}>
            <ShieldCheck size={16} aria-hidden="true" />
            {t(busy ? "activity.verifying" : "activity.verify")}
          </Button>
        </Form>
        {(["csv", "json"] as const).map((format) => (
          <a
            key={format}
            href={`/admin/activity/export/${format}?${filter}`}
            download
            className={buttonClass({ size: "sm" })}
          >
            <Download size={16} aria-hidden="true" />
            {format.toUpperCase()}
          </a>
        ))}
      </PageHead>
      {verdict && <VerdictCard verdict={verdict} />}
      <ActivityFilters key={search.toString()} actions={actions} people={people} wrong={wrong} />
      {entries.length === 0 ? (
        <EmptyState
          icon={<ScrollText size={20} />}
          title={t("activity.none")}
          action={
            <Link to="/admin/activity" className={buttonClass({ size: "sm" })}>
              {t("activity.clear")}
            </Link>
          }
        >
          {t("activity.none.text")}
        </EmptyState>
      ) : (
        <ol className="overflow-hidden rounded-lg border border-line bg-surface">
          {entries.map((entry) => (
            <ActivityRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <nav aria-label={t("pages.label")} className="mt-3 flex gap-2">
        {search.has("before") && (
          <Link to={`?${filter}`} className={buttonClass({ size: "sm" })}>
            {t("activity.newest")}
          </Link>
        )}
        {next !== null && (
          <Link to={`?${older}`} rel="next" className={buttonClass({ size: "sm" })}>
            {t("activity.older")}
          </Link>
        )}
      </nav>
    </div>
  );
}
