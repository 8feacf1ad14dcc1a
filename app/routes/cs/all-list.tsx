import MessagesSquare from "lucide-react/icons/messages-square";
import { useMemo } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { EmptyState } from "~/components/empty-state";
import { useStaffText } from "~/messages/staff-text";
import { ChatRow } from "./chat-row";
import { orderMine } from "./order-chats";
import { useAllChats } from "./use-all-chats";

interface Props {
  chats: ChatSummary[] | null;
  openChat: string | undefined;
  framed?: boolean;
}

/** Everybody's open chats, who waits longest first. */
export function AllList({ chats: fromPage, openChat, framed }: Props) {
  const t = useStaffText();
  const { chats, failed } = useAllChats(fromPage);
  const ordered = useMemo(() => chats && orderMine(chats), [chats]);
  if (!ordered)
    return failed ? <EmptyState icon={<MessagesSquare size={20} />} title={t("list.all.failed")} /> : <Skeleton />;
  if (ordered.length === 0) {
    return (
      <EmptyState icon={<MessagesSquare size={20} />} title={t("list.all.empty")}>
        {t("list.all.empty.text")}
      </EmptyState>
    );
  }
  return (
    <ul>
      {ordered.map((chat) => (
        <ChatRow key={chat.id} chat={chat} list="all" current={chat.id === openChat} framed={framed} />
      ))}
    </ul>
  );
}

/** As tall as the rows that come. */
function Skeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-16 animate-pulse items-center gap-3 px-4">
          <span className="h-9 w-9 rounded-full bg-surface-2" />
          <span className="h-3 flex-1 rounded bg-surface-2" />
        </div>
      ))}
    </div>
  );
}
