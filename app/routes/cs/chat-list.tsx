import Inbox from "lucide-react/icons/inbox";
import MessagesSquare from "lucide-react/icons/messages-square";
import { memo, useMemo } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { Button } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { useStaffText } from "~/messages/staff-text";
import { AllList } from "./all-list";
import { ChatForm } from "./chat-form";
import { ChatRow } from "./chat-row";
import type { ListName } from "./list-name";
import { orderMine, orderQueue } from "./order-chats";
import { TeamList } from "./team-list";
import { useMe, useTypingChats, useWorkspace } from "./workspace-context";

interface Props {
  openChat: string | undefined;
  /** In the frame that refreshes without scripts, links lead out of it. */
  framed?: boolean;
}

export function ChatList({ list, all, ...props }: Props & { list: ListName; all: ChatSummary[] | null }) {
  const { seesAll } = useMe();
  if (list === "team") return <Team />;
  if (list === "all" && seesAll) return <AllList chats={all} {...props} />;
  return list === "queue" ? <Queue {...props} /> : <Mine {...props} />;
}

function Team() {
  return <TeamList colleagues={useWorkspace((now) => now.colleagues)} />;
}

function Mine({ openChat, framed }: Props) {
  const t = useStaffText();
  const chats = useWorkspace((now) => now.mine);
  const left = useWorkspace((now) => now.left);
  const status = useWorkspace((now) => now.status);
  const typing = useTypingChats();
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
          current={chat.id === openChat}
          typing={typing.has(chat.id)}
          gone={left.includes(chat.id)}
          framed={framed}
        />
      ))}
    </ul>
  );
}

function Queue({ openChat, framed }: Props) {
  const t = useStaffText();
  const chats = useWorkspace((now) => now.queue);
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
        <QueueRow key={chat.id} chat={chat} current={chat.id === openChat} framed={framed} />
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
