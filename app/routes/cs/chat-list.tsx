import { useParams } from "@remix-run/react";
import Inbox from "lucide-react/icons/inbox";
import MessagesSquare from "lucide-react/icons/messages-square";
import { memo, useMemo } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { Button } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { useStaffText } from "~/messages/staff-text";
import { ChatForm } from "./chat-form";
import { ChatRow } from "./chat-row";
import type { ListName } from "./list-name";
import { orderMine, orderQueue } from "./order-chats";
import { TeamList } from "./team-list";
import { useTypingChats, useWorkspace } from "./workspace-context";

export function ChatList({ list, framed }: { list: ListName; framed?: boolean }) {
  const { mine, queue, colleagues } = useWorkspace();
  if (list === "team") return <TeamList colleagues={colleagues} />;
  return list === "queue" ? <Queue chats={queue} framed={framed} /> : <Mine chats={mine} framed={framed} />;
}

interface Props {
  chats: readonly ChatSummary[];
  framed?: boolean;
}

function Mine({ chats, framed }: Props) {
  const t = useStaffText();
  const { status } = useWorkspace();
  const typing = useTypingChats();
  const { id } = useParams();
  const ordered = useMemo(() => orderMine(chats), [chats]);
  if (ordered.length === 0) {
    return (
      <EmptyState icon={<MessagesSquare size={20} />} title={t(`list.mine.empty.${status}`)}>
        {t(`list.mine.empty.${status}.text`)}
      </EmptyState>
    );
  }
  return (
    <ul>
      {ordered.map((chat) => (
        <ChatRow
          key={chat.id}
          chat={chat}
          list="mine"
          current={chat.id === id}
          typing={typing.has(chat.id)}
          framed={framed}
        />
      ))}
    </ul>
  );
}

function Queue({ chats, framed }: Props) {
  const t = useStaffText();
  const { id } = useParams();
  const ordered = useMemo(() => orderQueue(chats), [chats]);
  if (ordered.length === 0) {
    return (
      <EmptyState icon={<Inbox size={20} />} title={t("list.queue.empty")}>
        {t("list.queue.empty.text")}
      </EmptyState>
    );
  }
  return (
    <ul>
      {ordered.map((chat) => (
        <QueueRow key={chat.id} chat={chat} current={chat.id === id} framed={framed} />
      ))}
    </ul>
  );
}

const QueueRow = memo(function QueueRow({
  chat,
  current,
  framed,
}: {
  chat: ChatSummary;
  current: boolean;
  framed?: boolean;
}) {
  const t = useStaffText();
  const action = useMemo(
    () => (
      <ChatForm chatId={chat.id} intent="accept" framed={framed} className="pe-3">
        {(busy) => (
          <Button size="sm" disabled={busy}>
            {t("chat.accept")}
          </Button>
        )}
      </ChatForm>
    ),
    [chat.id, framed, t],
  );
  return <ChatRow chat={chat} list="queue" current={current} framed={framed} action={action} />;
});
