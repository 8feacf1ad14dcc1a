import Bell from "lucide-react/icons/bell";
import { useId, useState } from "react";
import { popoverClass } from "~/components/popover";
import { useHydrated } from "~/components/use-hydrated";
import { useStaffText } from "~/messages/staff-text";
import { askToNotify, useAlertChoices } from "./alert-choices";
import { play, SOUND_NAMES, type Sound } from "./sounds";

const EVENTS = ["chat", "message", "queue"] as const;

/** Which sound for what; without scripts nothing sounds, and there is nothing to choose. */
export function AlertMenu() {
  const t = useStaffText();
  const id = useId();
  const [choices, choose] = useAlertChoices();
  const [denied, setDenied] = useState(false);
  if (!useHydrated()) return null;
  const changeNotify = async (wanted: boolean) => {
    if (wanted) setDenied(!(await askToNotify()));
    else choose({ notify: false });
  };
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        title={t("alerts.title")}
        aria-label={t("alerts.title")}
        className="grid h-10 w-10 place-items-center rounded text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text"
      >
        <Bell size={20} aria-hidden="true" />
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={t("alerts.title")}
        className={`${popoverClass} inset-auto end-3 top-14 w-80 text-sm md:bottom-14 md:end-auto md:start-16 md:top-auto`}
      >
        <p className="font-semibold">{t("alerts.title")}</p>
        {EVENTS.map((event) => (
          <label key={event} className="mt-3 flex items-center justify-between gap-3">
            <span className="min-w-0 flex-1">{t(`alerts.${event}`)}</span>
            <select
              value={choices[event]}
              onChange={({ target }) => {
                choose({ [event]: target.value as Sound });
                void play(target.value as Sound);
              }}
              className="input !min-h-[32px] !w-32 shrink-0 !py-1"
            >
              {SOUND_NAMES.map((name) => (
                <option key={name} value={name}>
                  {t(`alerts.sound.${name}`)}
                </option>
              ))}
            </select>
          </label>
        ))}
        <div className="mt-4 flex flex-col gap-2 border-t border-line pt-3">
          <Check text={t("alerts.repeat")} on={choices.repeat} onChange={(repeat) => choose({ repeat })} />
          <Check text={t("alerts.notify")} on={choices.notify} onChange={(on) => void changeNotify(on)} />
          {denied && (
            <p role="alert" className="text-xs text-danger">
              {t("alerts.denied")}
            </p>
          )}
        </div>
      </div>
    </>
  );
}

function Check({ text, on, onChange }: { text: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <label className="flex min-h-[28px] items-center gap-2.5">
      <input
        type="checkbox"
        checked={on}
        onChange={({ target }) => onChange(target.checked)}
        className="h-4 w-4 accent-accent"
      />
      {text}
    </label>
  );
}
