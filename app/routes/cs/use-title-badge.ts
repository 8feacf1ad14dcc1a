import { useLocation } from "@remix-run/react";
import { useEffect } from "react";

/** "(3) Maria Kowalska": how much is unread, in the tab. Runs after each page has set its own title. */
export function useTitleBadge(unread: number) {
  const { key } = useLocation();
  useEffect(() => {
    const title = document.title.replace(/^\(\d+\+?\) /, "");
    document.title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) ${title}` : title;
  }, [unread, key]);
}
