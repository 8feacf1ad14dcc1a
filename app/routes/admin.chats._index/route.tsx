import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import Search from "lucide-react/icons/search";
import { requireAdmin } from "~/auth/require.server";
import { allLabels } from "~/chat/labels.server";
import { parse } from "~/chat/parse";
import { EmptyState } from "~/components/empty-state";
import { PageHead } from "~/components/page-head";
import { DateTime } from "~/components/time";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { colleagues } from "~/people/colleagues.server";
import { askedOf } from "~/reports/chat-filter.server";
import { findChats, findInput } from "~/reports/find-chats.server";
import { indexedSince } from "~/reports/index-search.server";
import { refusalView } from "../refusal.server";
import { ExportMenu } from "./export-menu";
import { FilterForm } from "./filter-form";
import { FoundTable } from "./found-table";
import { NextPages } from "./next-pages";

export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const asked = askedOf(request);
  const [agents, labels, since] = await Promise.all([colleagues(), allLabels(), asked.q ? indexedSince() : null]);
  const page = {
    asked,
    agents: agents.map(({ id, name }) => ({ id, name })),
    labels,
    notBefore: since?.toISOString() ?? null,
    title: staffTextsFor(request)["found.title"],
  };
  try {
    return { ...page, found: await findChats(admin, parse(findInput, asked)), refusal: null };
  } catch (error) {
    return { ...page, found: null, refusal: refusalView(error, asked, request) };
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Chats"} · HeraDesk` }];

/** Every chat of all time, to be found again. */
export default function AllChats() {
  const t = useStaffText();
  const { asked, agents, labels, found, refusal, notBefore } = useLoaderData<typeof loader>();
  const { before: _before, after: _after, ...filter } = asked;
  const filtered = Object.values(filter).some(Boolean);
  return (
    <>
      <PageHead title={t("found.title")} intro={t("found.intro")}>
        {found && found.chats.length > 0 && <ExportMenu filter={filter} />}
      </PageHead>
      <FilterForm asked={filter} agents={agents} labels={labels} errors={refusal?.fields ?? {}} />
      {notBefore && (
        <p className="mb-3 rounded-lg bg-waiting-soft px-4 py-2.5 text-waiting">
          {t("found.indexing")} <DateTime iso={notBefore} />
        </p>
      )}
      <section aria-label={t("found.title")} className="overflow-hidden rounded-lg border border-line bg-surface">
        {found && found.chats.length > 0 ? (
          <FoundTable chats={found.chats} />
        ) : (
          <EmptyState
            icon={<Search size={20} />}
            title={t(refusal ? "found.refused" : filtered ? "found.none" : "found.empty")}
          >
            {refusal ? refusal.message : t(filtered ? "found.none.text" : "found.empty.text")}
          </EmptyState>
        )}
      </section>
      {found && <NextPages filter={filter} older={found.older} newer={found.newer} />}
    </>
  );
}
