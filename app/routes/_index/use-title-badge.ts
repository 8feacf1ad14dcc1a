import { useEffect, useRef } from "react";
import type { Message } from "~/chat/shapes";
import { useText } from "~/messages/text";

/** Counts, in the tab's title, the answers that came while the reader was elsewhere. */
export function useTitleBadge(messages: readonly Message[]) {
  const t = useText();
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const seen = useRef(lastSeq);
  useEffect(() => {
    const title = document.title;
    const show = () => {
      if (document.visibilityState === "visible") seen.current = lastSeq;
      const count = messages.filter(({ seq, senderType }) => seq > seen.current && senderType === "cs").length;
      document.title = count > 0 ? t("chat.newMessages", { count, title }) : title;
    };
    show();
    document.addEventListener("visibilitychange", show);
    return () => {
      document.removeEventListener("visibilitychange", show);
      document.title = title;
    };
  }, [messages, lastSeq, t]);
}
