import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import { useId } from "react";
import { FormToken } from "~/auth/form-token";
import { requireAdmin } from "~/auth/require.server";
import { checkImport, importCanned, importInput } from "~/canned/canned-csv.server";
import { parse } from "~/chat/parse";
import { Banner } from "~/components/banner";
import { Button, buttonClass } from "~/components/button";
import { FieldFrame, TextField, describedBy } from "~/components/field";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { fieldsAndFile } from "../file-field.server";
import { refusalResponse } from "../refusal.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request);
  return { title: staffTextsFor(request)["import.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  let kept: Record<string, string> = {};
  try {
    const { fields, file } = await fieldsAndFile(request, "file");
    kept = file ? { ...fields, csv: new TextDecoder().decode(file) } : fields;
    const { csv } = parse(importInput, kept);
    if (kept.intent !== "import") return data({ ok: true as const, check: await checkImport(admin, csv), kept });
    await importCanned(admin, csv);
    return redirect("/admin/canned?done=import", 303);
  } catch (error) {
    return refusalResponse(error, kept, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Import"} · HeraDesk` }];

/** Looks first at what an import would do, line by line; then does all of it or nothing. */
export default function ImportPage() {
  const t = useStaffText();
  const answer = useActionData<typeof action>();
  const check = answer?.ok ? answer.check : undefined;
  const refusal = answer && !answer.ok ? answer : undefined;
  const file = useId();
  return (
    <div className="max-w-3xl">
      <Link to="/admin/canned" className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 mb-2`}>
        <ArrowLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
        {t("shared.title")}
      </Link>
      <PageHead title={t("import.title")} intro={t("import.intro")} />
      <Form method="post" encType="multipart/form-data" className="card flex flex-col gap-5 p-5 sm:p-6">
        <FormToken />
        {refusal && !refusal.fields.csv && <Banner tone="refused">{refusal.message}</Banner>}
        <FieldFrame id={file} label={t("import.file")} hint={t("import.file.hint")}>
          <input
            id={file}
            type="file"
            name="file"
            accept=".csv,text/csv"
            {...describedBy(file, true, undefined)}
            className="input file:me-3 file:rounded file:border-0 file:bg-surface-2 file:px-3 file:py-1 file:font-medium file:text-text"
          />
        </FieldFrame>
        <TextField
          key={answer?.kept.csv}
          name="csv"
          rows={8}
          spellCheck={false}
          label={t("import.paste")}
          placeholder={
            "shortcut,title,content,category\norder,Ask for the order,Could you send me the order number?,Orders"
          }
          defaultValue={answer?.kept.csv}
          error={refusal?.fields.csv}
        />
        {check && <Check {...check} />}
        <div className="flex flex-wrap gap-2">
          {check && check.errors.length === 0 && check.created + check.changed > 0 && (
            <Button look="primary" name="intent" value="import">
              {t("import.do", { count: check.created + check.changed })}
            </Button>
          )}
          <Button look={check ? "plain" : "primary"} name="intent" value="check">
            {t(check ? "import.checkAgain" : "import.check")}
          </Button>
        </div>
      </Form>
    </div>
  );
}

function Check({ created, changed, same, errors }: Awaited<ReturnType<typeof checkImport>>) {
  const t = useStaffText();
  return (
    <section role="status" className="rounded border border-line p-4">
      <h2 className="font-semibold">{t("import.would")}</h2>
      <p className="mt-1 tabular-nums text-text-muted">{t("import.counts", { created, changed, same })}</p>
      {errors.length > 0 && (
        <>
          <p className="mt-3 font-medium text-danger">{t("import.errors", { count: errors.length })}</p>
          <ul className="mt-1 max-h-60 overflow-y-auto">
            {errors.map(({ line, message }) => (
              <li key={line} className="break-anywhere py-0.5">
                {t("import.line", { line, message })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
