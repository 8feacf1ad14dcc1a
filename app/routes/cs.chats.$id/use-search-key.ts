import { useNavigate } from "@remix-run/react";
import { useEffect } from "react";
import { useSearchLinks } from "./search";

/** Ctrl or Cmd and F search the whole chat, of which the page has only a part; pressed again, the browser's own search. */
export function useSearchKey() {
  const navigate = useNavigate();
  const { open } = useSearchLinks("");
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isFind =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "f";
      if (!isFind) return;
      const field = document.querySelector<HTMLInputElement>("#find-in-chat");
      if (field && document.activeElement === field) return;
      event.preventDefault();
      if (field) field.select();
      else navigate(open);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate, open]);
}
