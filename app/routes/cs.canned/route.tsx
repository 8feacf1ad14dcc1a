import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireStaff } from "~/auth/require.server";
import { cannedInput, createCanned, deleteCanned, updateCanned } from "~/canned/edit-canned.server";
import { cannedFor } from "~/canned/list-canned.server";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "~/routes/refusal.server";
import { CannedForm } from "./canned-form";
import { CannedEntry } from "./canned-entry";

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  return { canned: await cannedFor(staff), title: staffTextsFor(request)["canned.title"] };
}

const idOf = (text: string | undefined) => z.coerce.number().int().positive().parse(text);

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireStaff(request);
  const fields = await formFields(request);
  try {
    const intent = z.enum(["create", "update", "delete"]).parse(fields.intent);
    if (intent === "create") await createCanned(staff, cannedInput.parse(fields));
    else if (intent === "update") await updateCanned(staff, idOf(fields.id), cannedInput.parse(fields));
    else await deleteCanned(staff, idOf(fields.id));
    return redirect("/cs/canned", 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Replies"} · HeraDesk` }];

/** The agent's own replies to change, and the team's to know. */
export default function CannedPage() {
  const t = useStaffText();
  const { canned } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const refused = (id: string) => (refusal && (refusal.kept.id ?? "") === id ? refusal : undefined);
  const own = canned.filter(({ shared }) => !shared);
  const shared = canned.filter((one) => one.shared);
  return (
    <section aria-labelledby="page" className="flex-1 overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto max-w-2xl">
        <h1 id="page" className="text-xl font-semibold tracking-tight">
          {t("canned.title")}
        </h1>
        <p className="mt-1 text-text-muted">{t("canned.intro")}</p>
        <details
          open={own.length === 0 || refused("") !== undefined}
          className="mt-5 rounded-lg border border-line bg-surface"
        >
          <summary className="flex min-h-[44px] cursor-pointer items-center px-4 font-medium text-accent-strong">
            {t("canned.new")}
          </summary>
          <CannedForm key={canned.length} intent="create" refusal={refused("")} />
        </details>
        <h2 className="mb-2 mt-6 font-semibold">{t("canned.own")}</h2>
        {own.length === 0 && <p className="text-text-muted">{t("canned.own.none")}</p>}
        <ul className="flex flex-col gap-2">
          {own.map((one) => (
            <CannedEntry key={`${one.id}:${one.content}`} response={one} refusal={refused(String(one.id))} editable />
          ))}
        </ul>
        {shared.length > 0 && (
          <>
            <h2 className="mb-2 mt-6 font-semibold">{t("canned.shared")}</h2>
            <ul className="flex flex-col gap-2">
              {shared.map((one) => (
                <CannedEntry key={one.id} response={one} />
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
