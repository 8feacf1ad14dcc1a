import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import Download from "lucide-react/icons/download";
import MessageSquareText from "lucide-react/icons/message-square-text";
import Upload from "lucide-react/icons/upload";
import { z } from "zod";
import { requireAdmin } from "~/auth/require.server";
import { cannedInput, createCanned, deleteCanned, updateCanned } from "~/canned/edit-canned.server";
import { categories, sharedCanned, sharedFilter } from "~/canned/shared-canned.server";
import { parse } from "~/chat/parse";
import { Banner } from "~/components/banner";
import { Button, buttonClass } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { formFields } from "~/http/form-fields.server";
import { idIn } from "../id-in.server";
import { refusalResponse } from "../refusal.server";
import { SharedForm } from "./shared-form";
import { SharedRow } from "./shared-row";

export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const params = new URL(request.url).searchParams;
  const filter = sharedFilter.parse(Object.fromEntries(params));
  const [canned, known] = await Promise.all([sharedCanned(admin, filter), categories(admin)]);
  return { canned, known, filter, done: params.get("done"), title: staffTextsFor(request)["shared.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  const fields = await formFields(request);
  try {
    const intent = z.enum(["create", "update", "delete"]).parse(fields.intent);
    if (intent === "create") await createCanned(admin, parse(cannedInput, fields), true);
    else if (intent === "update") await updateCanned(admin, idIn(fields.id), parse(cannedInput, fields));
    else await deleteCanned(admin, idIn(fields.id));
    return redirect(`/admin/canned?done=${intent}`, 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Replies"} · HeraDesk` }];

const DONE = ["create", "update", "delete", "import"] as const;

/** The replies that the whole team shares. */
export default function SharedCannedPage() {
  const t = useStaffText();
  const { canned, known, filter, done } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const [search] = useSearchParams();
  const said = !refusal && DONE.find((one) => one === done);
  const refused = (id: string) => (refusal && (refusal.kept.id ?? "") === id ? refusal : undefined);
  const filtered = filter.search !== "" || filter.category !== "";
  return (
    <div className="max-w-4xl">
      <PageHead title={t("shared.title")} intro={t("shared.intro")}>
        <Link to="/admin/canned/import" className={buttonClass({ size: "sm" })}>
          <Upload size={16} aria-hidden="true" />
          {t("shared.import")}
        </Link>
        <a href="/admin/canned.csv" download className={buttonClass({ size: "sm" })}>
          <Download size={16} aria-hidden="true" />
          {t("shared.export")}
        </a>
      </PageHead>
      {said && <Banner tone="done">{t(`shared.done.${said}`)}</Banner>}
      <details open={refused("") !== undefined} className="card mb-5">
        <summary className="flex min-h-[44px] cursor-pointer items-center px-4 font-medium text-accent-strong">
          {t("shared.create")}
        </summary>
        <SharedForm key={canned.length} known={known} refusal={refused("")} />
      </details>
      <Form role="search" className="mb-4 flex flex-wrap gap-2" key={search.toString()}>
        <input
          type="search"
          name="search"
          defaultValue={filter.search}
          aria-label={t("shared.search")}
          placeholder={t("shared.search")}
          className="input min-w-0 flex-1 basis-56"
        />
        <select
          name="category"
          aria-label={t("shared.category")}
          defaultValue={filter.category}
          className="input !w-auto max-w-full max-sm:flex-1"
        >
          <option value="">{t("shared.category.any")}</option>
          {known.map((name) => (
            <option key={name}>{name}</option>
          ))}
          <option value="-">{t("shared.category.none")}</option>
        </select>
        <Button>{t("users.filter")}</Button>
      </Form>
      {canned.length === 0 ? (
        <EmptyState
          icon={<MessageSquareText size={20} />}
          title={t(filtered ? "shared.none" : "shared.empty")}
          action={
            filtered && (
              <Link to="/admin/canned" className={buttonClass({ size: "sm" })}>
                {t("shared.clear")}
              </Link>
            )
          }
        >
          {!filtered && t("shared.empty.text")}
        </EmptyState>
      ) : (
        <ul className="overflow-hidden rounded-lg border border-line bg-surface">
          {canned.map((one) => (
            <SharedRow key={JSON.stringify(one)} reply={one} known={known} refusal={refused(String(one.id))} />
          ))}
        </ul>
      )}
    </div>
  );
}
