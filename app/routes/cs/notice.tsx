import { useLocation } from "@remix-run/react";
import X from "lucide-react/icons/x";
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { IconButton } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import { Refused } from "~/realtime/client/refused";

interface Notices {
  /** What a press of a button was answered with, when the answer was no. */
  refused(error: unknown): void;
  clear(): void;
}

const NoticeContext = createContext<Notices>({ refused() {}, clear() {} });

export const useNotice = () => useContext(NoticeContext);

/** One line above everything, until it is dismissed, something else succeeds or another chat is opened. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const t = useStaffText();
  const [text, setText] = useState<string | null>(null);
  const refused = useCallback(
    (error: unknown) =>
      setText(error instanceof Refused && error.code !== "UNAVAILABLE" ? error.message : t("live.disconnected")),
    [t],
  );
  const clear = useCallback(() => setText(null), []);
  const { pathname } = useLocation();
  useEffect(clear, [clear, pathname]);
  const notices = useMemo(() => ({ refused, clear }), [refused, clear]);
  return (
    <NoticeContext.Provider value={notices}>
      {children}
      <div role="alert" className="pointer-events-none fixed inset-x-3 top-[4.25rem] z-40 flex justify-center">
        {text && (
          <p className="appear pointer-events-auto flex items-center gap-2 rounded-lg border border-line bg-surface py-1.5 pe-1.5 ps-4 text-sm font-medium shadow">
            {text}
            <IconButton type="button" size="sm" label={t("problem.dismiss")} onClick={clear}>
              <X size={16} aria-hidden="true" />
            </IconButton>
          </p>
        )}
      </div>
    </NoticeContext.Provider>
  );
}
