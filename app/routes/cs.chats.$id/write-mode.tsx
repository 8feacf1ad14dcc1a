import { useStaffText } from "~/messages/staff-text";

export type WriteMode = "send" | "note";

/** Reply or note: what the form's `intent` says, so that it holds without scripts too. */
export function WriteModeSwitch({ mode, onChange }: { mode: WriteMode; onChange(mode: WriteMode): void }) {
  const t = useStaffText();
  return (
    <fieldset className="mb-1.5 flex gap-0.5">
      <legend className="sr-only">{t("reply.mode")}</legend>
      {(["send", "note"] as const).map((value) => (
        <label
          key={value}
          className="flex min-h-[28px] cursor-pointer items-center rounded px-2.5 text-xs font-medium text-text-muted transition-colors duration-150 hover:text-text has-[:checked]:bg-surface-2 has-[:checked]:text-text has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[[value=note]:checked]:bg-surface"
        >
          <input
            type="radio"
            name="intent"
            value={value}
            checked={mode === value}
            onChange={() => onChange(value)}
            className="sr-only"
          />
          {t(`reply.mode.${value}`)}
        </label>
      ))}
    </fieldset>
  );
}
