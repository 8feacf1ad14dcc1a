import { useEffect, useState } from "react";
import { useHydrated } from "~/components/use-hydrated";
import { useText } from "~/messages/text";

const KEY = "heradesk:preview";
const REFUSED = "no";

/** Whether what is typed may be shown before it is sent. Refused once, it stays refused in this browser. */
export function usePreviewChoice(offered: boolean) {
  // Until the choice is read, nothing is shown to anybody.
  const [allowed, setAllowed] = useState(false);
  useEffect(() => setAllowed(offered && !hasRefused()), [offered]);
  const choose = (yes: boolean) => {
    setAllowed(yes);
    try {
      if (yes) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, REFUSED);
    } catch {
      // Then it holds for this page.
    }
  };
  return { allowed, choose };
}

/** Tells the customer, who can say no. Without scripts nothing is shown, so there is nothing to tell. */
export function PreviewChoice({ allowed, choose }: ReturnType<typeof usePreviewChoice>) {
  const t = useText();
  if (!useHydrated()) return null;
  return (
    <label className="mt-1.5 flex min-h-[28px] items-center gap-2 px-1 text-sm text-text-muted">
      <input
        type="checkbox"
        checked={allowed}
        onChange={(event) => choose(event.target.checked)}
        className="h-4 w-4 shrink-0 accent-[var(--accent)]"
      />
      {t("chat.preview")}
    </label>
  );
}

function hasRefused(): boolean {
  try {
    return localStorage.getItem(KEY) === REFUSED;
  } catch {
    return true;
  }
}
