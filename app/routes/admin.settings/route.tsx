import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { requireAdmin } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { Button } from "~/components/button";
import { PageHead } from "~/components/page-head";
import { DateTime } from "~/components/time";
import type { StaffKey } from "~/messages/staff-en";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { wouldErase } from "~/people/retention.server";
import { changeSettings, settingChanges, settings, settingsInput } from "~/settings/settings.server";
import { fieldsAndFile, keepChosen } from "../file-field.server";
import { refusalResponse } from "../refusal.server";
import { LogoField } from "./logo-field";
import { SECTIONS, UNTICKED } from "./sections";
import { SettingField } from "./setting-field";

export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const saved = new URL(request.url).searchParams.has("saved");
  const [now, changes] = await Promise.all([settings(), settingChanges(admin)]);
  return { settings: now, changes, saved, title: staffTextsFor(request)["settings.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  let kept: Record<string, string> = {};
  try {
    const { fields, file } = await fieldsAndFile(request, "picture");
    kept = fields;
    if (file) kept.logoUrl = await keepChosen(file, "logo");
    const next = parse(settingsInput, { ...UNTICKED, ...kept, hours: hoursIn(kept) });
    if (kept.intent === "dryRun") {
      const would = await wouldErase(admin, next.retentionDays, next.activityRetentionDays);
      return data({ ok: true as const, would, kept, fields: {} });
    }
    await changeSettings(admin, next);
    return redirect("/admin/settings?saved", 303);
  } catch (error) {
    return refusalResponse(error, kept, request);
  }
}

const hoursIn = (fields: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (name.startsWith("hours.") ? [[name.slice(6), value]] : [])),
  );

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Settings"} · HeraDesk` }];

/** Rules that hold on every instance a moment after they are saved. */
export default function SettingsPage() {
  const t = useStaffText();
  const { settings, changes, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refused = answer && !answer.ok ? answer : undefined;
  const typed = answer && { ...answer, ok: false as const, code: "INVALID" as const, message: "" };
  const busy = useNavigation().state !== "idle";
  return (
    <Form method="post" encType="multipart/form-data" className="max-w-2xl">
      <FormToken />
      {/* Enter saves, whatever other buttons there are. */}
      <button className="hidden" tabIndex={-1} aria-hidden="true" />
      <PageHead title={t("settings.title")} intro={t("settings.intro")} />
      <nav aria-label={t("settings.sections")} className="mb-5 flex flex-wrap gap-x-1 gap-y-1">
        {SECTIONS.map(({ id }) => (
          <a
            key={id}
            href={`#${id}`}
            className="flex min-h-[32px] items-center rounded-full border border-line bg-surface px-3 text-text-muted hover:text-text"
          >
            {t(`settings.section.${id}`)}
          </a>
        ))}
      </nav>
      {SECTIONS.map(({ id, names }) => (
        <fieldset
          key={id}
          id={id}
          className="mb-6 scroll-mt-32 rounded-lg border border-line bg-surface p-5 shadow lg:scroll-mt-20"
        >
          <legend className="float-left mb-4 w-full text-base font-semibold">{t(`settings.section.${id}`)}</legend>
          <div className="clear-both flex flex-col gap-5">
            {Object.entries(names).map(([name, kind]) => (
              <SettingField
                key={name}
                name={name as keyof typeof settings}
                kind={kind}
                settings={settings}
                refused={typed}
              />
            ))}
            {id === "organisation" && (
              <LogoField url={typed?.kept.logoUrl ?? settings.logoUrl} error={refused?.fields.picture} />
            )}
            {id === "data" && <DryRun would={answer?.ok ? answer.would : undefined} />}
          </div>
          <LastChange change={changes.find(({ key }) => key in names)} />
        </fieldset>
      ))}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-bg px-4 py-3">
        <Button look="primary" disabled={busy}>
          {t("settings.save")}
        </Button>
        <p role="status" className={refused ? "font-medium text-danger" : "text-text-muted"}>
          {refused ? t("settings.refused") : !answer && saved && t("settings.saved")}
        </p>
      </div>
    </Form>
  );
}

/** What the night would erase with the days that stand above, saved or not. */
function DryRun({ would }: { would?: Awaited<ReturnType<typeof wouldErase>> }) {
  const t = useStaffText();
  return (
    <div>
      <Button size="sm" name="intent" value="dryRun">
        {t("settings.dryRun")}
      </Button>
      {would && (
        <p role="status" className="mt-3 rounded bg-waiting-soft px-3 py-2 text-waiting">
          {t("settings.would", { ...would })}
        </p>
      )}
    </div>
  );
}

function LastChange({ change }: { change?: { key: string; name: string | null; at: string } }) {
  const t = useStaffText();
  if (!change) return null;
  return (
    <p className="mt-5 border-t border-line pt-3 text-xs text-text-muted">
      {t("settings.lastChange", { what: t(`settings.${change.key}` as StaffKey), name: change.name ?? "–" })}{" "}
      <DateTime iso={change.at} />
      {" · "}
      <Link
        to="/admin/activity?action=setting.changed"
        className="rounded underline underline-offset-2 hover:text-text"
      >
        {t("settings.allChanges")}
      </Link>
    </p>
  );
}
