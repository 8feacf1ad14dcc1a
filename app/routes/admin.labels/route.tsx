import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import Tag from "lucide-react/icons/tag";
import { z } from "zod";
import { requireAdmin } from "~/auth/require.server";
import { createLabel, deleteLabel, labelEdit, listLabels, mergeLabels, updateLabel } from "~/chat/edit-labels.server";
import { parse } from "~/chat/parse";
import { Banner } from "~/components/banner";
import { EmptyState } from "~/components/empty-state";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { formFields } from "~/http/form-fields.server";
import { idIn } from "../id-in.server";
import { refusalResponse } from "../refusal.server";
import { LabelForm } from "./label-form";
import { LabelRow } from "./label-row";

export async function loader({ request }: LoaderFunctionArgs) {
  const labels = await listLabels(await requireAdmin(request));
  const done = new URL(request.url).searchParams.get("done");
  return { labels, done, title: staffTextsFor(request)["labels.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  const fields = await formFields(request);
  try {
    const intent = z.enum(["create", "update", "merge", "delete"]).parse(fields.intent);
    const id = idIn(fields.id);
    if (intent === "create") await createLabel(admin, parse(labelEdit, fields));
    else if (intent === "update") await updateLabel(admin, id, parse(labelEdit, fields));
    else if (intent === "merge") await mergeLabels(admin, id, idIn(fields.into));
    else await deleteLabel(admin, id);
    return redirect(`/admin/labels?done=${intent}`, 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Labels"} · HeraDesk` }];

const DONE = ["create", "update", "merge", "delete"] as const;

/** What chats are about, in the team's words. */
export default function LabelsPage() {
  const t = useStaffText();
  const { labels, done } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const said = !refusal && DONE.find((one) => one === done);
  const refused = (id: string) => (refusal && (refusal.kept.id ?? "") === id ? refusal : undefined);
  return (
    <div className="max-w-3xl">
      <PageHead title={t("labels.title")} intro={t("labels.intro")} />
      {said && <Banner tone="done">{t(`labels.done.${said}`)}</Banner>}
      <details open={labels.length === 0 || refused("") !== undefined} className="card mb-5">
        <summary className="flex min-h-[44px] cursor-pointer items-center px-4 font-medium text-accent-strong">
          {t("labels.create")}
        </summary>
        <LabelForm key={labels.length} refusal={refused("")} />
      </details>
      {labels.length === 0 ? (
        <EmptyState icon={<Tag size={20} />} title={t("labels.empty")}>
          {t("labels.empty.text")}
        </EmptyState>
      ) : (
        <ul className="overflow-hidden rounded-lg border border-line bg-surface">
          {labels.map((label) => (
            <LabelRow
              key={`${label.id}${label.name}${label.colour}`}
              label={label}
              others={labels.filter(({ id }) => id !== label.id)}
              refusal={refused(String(label.id))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}
