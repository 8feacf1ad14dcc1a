import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { StaffKey, StaffTexts } from "./staff-en";
import { sayFrom, useLocale, type Say } from "./text";

const StaffTextContext = createContext<Say<StaffKey>>((key) => key);

/** Put around the staff's pages by the layout whose loader fetched the texts. */
export function StaffTextProvider({ texts, children }: { texts: StaffTexts; children: ReactNode }) {
  // The loader runs again and again with the same texts; a new function each time would redraw every row.
  const locale = useLocale();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- one language, one function
  const say = useMemo(() => sayFrom(texts), [locale]);
  return <StaffTextContext.Provider value={say}>{children}</StaffTextContext.Provider>;
}

export const useStaffText = () => useContext(StaffTextContext);
