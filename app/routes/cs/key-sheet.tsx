import { useEffect, useRef } from "react";
import { Button } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import { Key } from "./key-hints";

const KEYS = [
  [["Ctrl", "K"], "keys.command"],
  [["Alt", "↑", "↓"], "idle.keys.next"],
  [["Alt", "1–9"], "keys.nth"],
  [["Ctrl", "F"], "find.label"],
  [["/"], "idle.keys.canned"],
  [["Ctrl", "Enter"], "idle.keys.send"],
  [["Esc"], "keys.close"],
  [["?"], "keys.title"],
] as const;

/** Every shortcut of the workspace. */
export function KeySheet({ onClose }: { onClose(): void }) {
  const t = useStaffText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="keys"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      className="m-auto w-[min(24rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-5 text-sm text-text shadow backdrop:bg-bg backdrop:opacity-70"
    >
      <h2 id="keys" className="text-base font-semibold">
        {t("keys.title")}
      </h2>
      <dl className="my-4 flex flex-col gap-2.5">
        {KEYS.map(([keys, text]) => (
          <div key={text} className="flex items-center justify-between gap-4">
            <dt className="text-text-muted first-letter:uppercase">{t(text)}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Button type="button" size="sm" onClick={() => dialog.current?.close()}>
        {t("transfer.close")}
      </Button>
    </dialog>
  );
}
