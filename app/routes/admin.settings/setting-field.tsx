import { FieldFrame, Field, TextField, describedBy } from "~/components/field";
import { SelectField } from "~/components/select-field";
import { LANGUAGE_CODES, LANGUAGES } from "~/messages/languages";
import type { StaffKey } from "~/messages/staff-en";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { WEEKDAYS } from "~/settings/office-hours";
import type { Settings } from "~/settings/settings.server";

interface Props {
  name: keyof Settings;
  kind: "field" | "tick" | "lines" | "colour";
  settings: Settings;
  refused?: RefusalView;
}

/** One setting as it is, or as it was typed when it was refused. */
export function SettingField({ name, kind, settings, refused }: Props) {
  const t = useStaffText();
  if (name === "hours") return <WeekFields settings={settings} refused={refused} />;
  if (name === "language") return <LanguageField chosen={refused?.kept.language ?? settings.language} />;
  const value = settings[name];
  if (kind === "tick") return <Tick name={name} on={refused ? name in refused.kept : value === true} />;
  const shared = {
    name,
    label: labelOf(name, t),
    hint: t(`settings.${name}.hint` as StaffKey),
    error: refused?.fields[name],
    defaultValue: refused?.kept[name] ?? String(value),
    autoComplete: "off",
  };
  if (name === "scanUnreachable") {
    const options = (["refuse", "allow"] as const).map((way) => [way, t(`settings.scanUnreachable.${way}`)] as const);
    return <SelectField options={options} {...shared} />;
  }
  if (kind === "lines") return <TextField rows={3} {...shared} />;
  if (kind === "colour") return <Colour {...shared} />;
  return <Field inputMode={typeof value === "number" ? "numeric" : undefined} {...shared} />;
}

/** A time says in the field's own name what it is counted in. */
const labelOf = (name: keyof Settings, t: ReturnType<typeof useStaffText>) => {
  const label = t(`settings.${name}` as StaffKey);
  return name.endsWith("Seconds") ? `${label} (${t("settings.seconds")})` : label;
};

function Tick({ name, on }: { name: keyof Settings; on: boolean }) {
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
        {t(`settings.${name}` as StaffKey)}
      </label>
      <p id={`${name}-hint`} className="ms-8 mt-1 text-sm text-text-muted">
        {t(`settings.${name}.hint` as StaffKey)}
      </p>
    </div>
  );
}

/** Written as #0f766e; a square beside it shows what is saved. */
function Colour({
  name,
  defaultValue,
  ...rest
}: {
  name: string;
  label: string;
  hint: string;
  error?: string;
  defaultValue: string;
  autoComplete: string;
}) {
  const shown = /^#[0-9a-f]{6}$/i.test(defaultValue) ? defaultValue : null;
  return (
    <div className="flex items-start gap-3">
      <Field
        name={name}
        maxLength={7}
        spellCheck={false}
        placeholder="#0f766e"
        className="min-w-0 flex-1"
        {...{ defaultValue, ...rest }}
      />
      <svg
        viewBox="0 0 40 40"
        aria-hidden="true"
        className="mt-[1.625rem] h-11 w-11 shrink-0 rounded border border-line-strong"
      >
        {shown && <rect width="40" height="40" fill={shown} />}
      </svg>
    </div>
  );
}

function WeekFields({ settings, refused }: Pick<Props, "settings" | "refused">) {
  const t = useStaffText();
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t("settings.hours")}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {WEEKDAYS.map((day) => (
          <Field
            key={day}
            name={`hours.${day}`}
            autoComplete="off"
            placeholder={t("settings.hours.closed")}
            label={t(`settings.hours.${day}`)}
            error={refused?.fields[`hours.${day}`]}
            defaultValue={refused?.kept[`hours.${day}`] ?? settings.hours[day]}
          />
        ))}
      </div>
      <p className="mt-2 text-sm text-text-muted">{t("settings.hours.hint")}</p>
    </fieldset>
  );
}

function LanguageField({ chosen }: { chosen: string }) {
  const t = useStaffText();
  return (
    <FieldFrame id="language" label={t("settings.language.all")} hint={t("settings.language.all.hint")}>
      <select
        id="language"
        name="language"
        {...describedBy("language", true, undefined)}
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
  );
}
