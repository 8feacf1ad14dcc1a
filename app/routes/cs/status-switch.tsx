import { StatusDot } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { StatusForm, STATUSES } from "./status-form";

/** One press, no menu. */
export function StatusSwitch() {
  const t = useStaffText();
  return (
    <StatusForm>
      {(status) => (
        <fieldset className="grid grid-cols-3 gap-0.5 rounded bg-surface-2 p-0.5">
          <legend className="sr-only">{t("status.label")}</legend>
          {STATUSES.map((name) => (
            <button
              key={name}
              name="status"
              value={name}
              aria-pressed={status === name}
              className="flex min-h-[30px] items-center justify-center gap-1.5 rounded-[6px] px-2 font-medium text-text-muted transition-colors duration-150 hover:text-text aria-pressed:bg-surface aria-pressed:text-text aria-pressed:shadow-sm"
            >
              <StatusDot status={name} className="scale-90" />
              {t(`status.${name}`)}
            </button>
          ))}
        </fieldset>
      )}
    </StatusForm>
  );
}
