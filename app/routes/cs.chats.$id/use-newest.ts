import { useRevalidator } from "@remix-run/react";
import { useEffect, useMemo, useRef } from "react";
import type { ChatSummary } from "~/chat/shapes";
import type { ConversationSnapshot } from "~/realtime/client/conversation";
import { counted } from "~/realtime/client/list-reactions";
import { useWorkspace } from "~/routes/cs/workspace-context";

type Known = Pick<ConversationSnapshot, "agent" | "ended" | "messages">;

/**
 * The chat as the lists have it. A colleague's, which is in none, is what the page brought and the log says since. Once it
 * left the lists, or went from one colleague to another, the page is asked again what became of it.
 */
export function useNewest(chat: ChatSummary, { agent, ended, messages }: Known): ChatSummary {
  const { revalidate } = useRevalidator();
  const listed = useWorkspace(
    ({ mine, queue }) => mine.find(({ id }) => id === chat.id) ?? queue.find(({ id }) => id === chat.id),
  );
  const wasListed = useRef(listed !== undefined);
  const moved = !listed && agent !== null && chat.status === "active" && agent.id !== chat.csId;
  const left = (wasListed.current && !listed) || (ended !== null && chat.endedAt === null) || moved;
  useEffect(() => {
    wasListed.current = listed !== undefined;
    if (left) void revalidate();
  }, [listed, left, revalidate]);
  const told = useMemo(
    () => (listed ? chat : messages.reduce((known, row) => ({ ...known, ...counted(known, row) }), chat)),
    [listed, chat, messages],
  );
  return listed ?? told;
}
