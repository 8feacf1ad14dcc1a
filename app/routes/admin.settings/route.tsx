import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { requireAdmin } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { Button } from "~/components/button";
import { Field, FieldFrame } from "~/components/field";
import { LANGUAGE_CODES, LANGUAGES } from "~/messages/languages";
import type { StaffKey } from "~/messages/staff-en";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { changeSettings, settings, settingsInput } from "~/settings/settings.server";
import { formFields } from "../form-fields.server";
import { refusalResponse } from "../refusal.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request);
  const saved = new URL(request.url).searchParams.has("saved");
  return { settings: await settings(), saved, title: staffTextsFor(request)["settings.title"] };
}

export async function action({ request }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  const fields = await formFields(request);
  try {
    // A box that is not ticked is not sent.
    await changeSettings(admin, parse(settingsInput, { ...UNTICKED, ...fields }));
    return redirect("/admin/settings?saved", 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Settings"} · HeraDesk` }];

const CHOICES = ["requireSecondFactor", "typingPreview", "agentsSeeAll", "rateAfterIdle"] as const;
const UNTICKED = Object.fromEntries(CHOICES.map((name) => [name, false]));

const GROUPS = [
  { title: "settings.presence", names: ["graceSeconds", "awayAfterSeconds", "noAnswerSeconds"] },
  { title: "settings.silence", names: ["idleTimeoutSeconds", "idleWarningSeconds"] },
  { title: "settings.queue", names: ["estimateWindowSeconds"] },
  {
    title: "settings.files",
    names: [
      "fileMaxMegabytes",
      "filesPerMessage",
      "filesPerChatAndDay",
      "fileQuotaCustomerMegabytes",
      "fileQuotaTotalMegabytes",
      "fileTypes",
      "scanUnreachable",
    ],
  },
] as const;

/** Rules that hold on every instance a moment after they are saved. */
export default function SettingsPage() {
  const t = useStaffText();
  const { settings, saved } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <Form method="post" className="max-w-2xl">
      <FormToken />
      <h1 className="text-xl font-semibold tracking-tight">{t("settings.title")}</h1>
      <p className="mt-1 text-text-muted">{t("settings.intro")}</p>
      {GROUPS.map(({ title, names }) => (
        <fieldset key={title} className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
          <legend className="float-left mb-4 w-full text-base font-semibold">{t(title)}</legend>
          <div className="clear-both flex flex-col gap-5">
            {names.map((name) => (
              <Field
                key={name}
                name={name}
                inputMode={typeof settings[name] === "number" ? "numeric" : undefined}
                autoComplete="off"
                label={t(`settings.${name}` satisfies StaffKey)}
                hint={t(`settings.${name}.hint` satisfies StaffKey)}
                error={refused?.fields[name]}
                defaultValue={refused?.kept[name] ?? String(settings[name])}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <fieldset className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
        <legend className="float-left mb-4 w-full text-base font-semibold">{t("settings.clock")}</legend>
        <div className="clear-both">
          <Field
            name="timeZone"
            autoComplete="off"
            label={t("settings.timeZone")}
            hint={t("settings.timeZone.hint")}
            error={refused?.fields.timeZone}
            defaultValue={refused?.kept.timeZone ?? settings.timeZone}
          />
        </div>
      </fieldset>
      <fieldset className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
        <legend className="float-left mb-4 w-full text-base font-semibold">{t("settings.privacy")}</legend>
        <div className="clear-both flex flex-col gap-5">
          {CHOICES.map((name) => (
            <Choice key={name} name={name} on={refused ? name in refused.kept : settings[name]} />
          ))}
        </div>
      </fieldset>
      <LanguageChoice chosen={refused?.kept.language ?? settings.language} />
      <div className="mt-6 flex items-center gap-4">
        <Button look="primary" disabled={busy}>
          {t("settings.save")}
        </Button>
        <p role="status" className={refused ? "font-medium text-danger" : "text-text-muted"}>
          {refused ? t("settings.refused") : saved && t("settings.saved")}
        </p>
      </div>
    </Form>
  );
}

function Choice({ name, on }: { name: (typeof CHOICES)[number]; on: boolean }) {
  const t = useStaffText();
  return (
    <div>
      <label className="flex min-h-[24px] items-start gap-3 font-medium">
        <input
          type="checkbox"
          name={name}
          aria-describedby={`${name}-hint`}
          defaultChecked={on}
          className="mt-0.5 h-5 w-5 shrink-0 accent-[var(--accent)]"
        />
        {t(`settings.${name}`)}
      </label>
      <p id={`${name}-hint`} className="ms-8 mt-1 text-sm text-text-muted">
        {t(`settings.${name}.hint`)}
      </p>
    </div>
  );
}

function LanguageChoice({ chosen }: { chosen: string }) {
  const t = useStaffText();
  return (
    <fieldset className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
      <legend className="float-left mb-4 w-full text-base font-semibold">{t("settings.language")}</legend>
      <FieldFrame
        id="language"
        label={t("settings.language.all")}
        hint={t("settings.language.all.hint")}
        className="clear-both"
      >
        <select
          id="language"
          name="language"
          aria-describedby="language-hint"
          defaultValue={chosen}
          className="input sm:!w-72"
        >
          <option value="browser">{t("settings.language.browser")}</option>
          {LANGUAGE_CODES.map((code) => (
            <option key={code} value={code}>
              {LANGUAGES[code]}
            </option>
          ))}
        </select>
      </FieldFrame>
    </fieldset>
  );
}
