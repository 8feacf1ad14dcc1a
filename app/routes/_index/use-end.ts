import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { ConversationSnapshot } from "~/realtime/client/conversation";
import { keepUnsent } from "./unsent";

/** When the chat ends, the page says how, and what was not sent waits for the next chat. */
export function useEnd({ ended, pending }: ConversationSnapshot, text: string) {
  const { revalidate } = useRevalidator();
  const unsent = [...pending.map(({ content }) => content), text].filter((one) => one.trim()).join("\n\n");
  const latest = useRef(unsent);
  latest.current = unsent;
  useEffect(() => {
    if (!ended) return;
    if (latest.current) keepUnsent(latest.current);
    void revalidate();
  }, [ended, revalidate]);
}
