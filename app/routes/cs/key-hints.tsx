import type { ReactNode } from "react";
import { useStaffText } from "~/messages/staff-text";

/** What the keyboard can do, where there is nothing else to look at. */
export function KeyHints() {
  const t = useStaffText();
  return (
    <dl className="scripts-only mx-auto grid grid-cols-[auto_auto] items-center gap-x-4 gap-y-2 text-xs text-text-muted [@media(pointer:coarse)]:hidden">
      <dt className="flex justify-end gap-1">
        <Key>Alt</Key>
        <Key>↑</Key>
        <Key>↓</Key>
      </dt>
      <dd>{t("idle.keys.next")}</dd>
      <dt className="flex justify-end">
        <Key>/</Key>
      </dt>
      <dd>{t("idle.keys.canned")}</dd>
      <dt className="flex justify-end gap-1">
        <Key>Ctrl</Key>
        <Key>Enter</Key>
      </dt>
      <dd>{t("idle.keys.send")}</dd>
    </dl>
  );
}

export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="min-w-[22px] rounded-[6px] border border-line bg-surface px-1.5 py-0.5 text-center font-sans">
      {children}
    </kbd>
  );
}
