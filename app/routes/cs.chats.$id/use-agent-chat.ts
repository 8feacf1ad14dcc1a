import { useEffect, useRef, useState } from "react";
import type { ChatSummary, Message } from "~/chat/shapes";
import type { Conversation, ConversationSnapshot } from "~/realtime/client/conversation";
import { Refused } from "~/realtime/client/refused";
import { useMessageActions } from "~/realtime/client/use-message-actions";
import { useStore } from "~/realtime/client/use-store";
import type { Attachment } from "~/files/shapes";
import { useOlder } from "~/components/use-older";
import { useStaffText } from "~/messages/staff-text";
import { useLiveWorkspace } from "~/routes/cs/workspace-context";
import { useNewest } from "./use-newest";

/** The open chat: what the page was rendered with, then live. */
export function useAgentChat(chat: ChatSummary, messages: Message[], draft: string, kept: string | undefined) {
  const t = useStaffText();
  const workspace = useLiveWorkspace();
  const [conversation, setConversation] = useState<Conversation | null>(null);
  const [text, setText] = useState(kept ?? draft);
  const live = useStore(conversation, stillOf(chat, messages));
  const atStart = useRef({ chat, messages, draft });

  useEffect(() => {
    if (!workspace) return;
    const opened = workspace.conversation(chat.id, {
      messages: atStart.current.messages,
      peerReadSeq: atStart.current.chat.customerReadSeq,
      chat: atStart.current.chat,
      draft: atStart.current.draft,
    });
    // This browser's own draft is at least as new as the one that came with the page.
    setText((typed) => (typed && typed !== atStart.current.draft ? typed : opened.draft));
    setConversation(opened);
    // It is the workspace's: a chat that one leaves goes on receiving, and is there at once when one comes back.
    return () => {
      opened.setTyping(false);
      setConversation(null);
    };
  }, [workspace, chat.id]);

  useEffect(() => conversation?.add(messages), [conversation, messages]);

  const change = (next: string) => {
    setText(next);
    if (!conversation) return;
    conversation.draft = next;
    conversation.setTyping(next.trim() !== "");
  };
  return {
    ...live,
    chat: useNewest(chat, live),
    text,
    setText: change,
    send:
      conversation &&
      ((content: string, files: Attachment[]) => {
        // What a colleague wrote after the last row that stands here makes this reply a second one.
        conversation.send(content, live.messages.at(-1)?.seq, files);
        setText("");
      }),
    note:
      conversation &&
      ((content: string) => {
        conversation.note(content);
        setText("");
      }),
    markRead: conversation?.markRead,
    older: useOlder(conversation, atStart.current.messages, `/api/cs/chats/${chat.id}/messages`),
    actions: useMessageActions(conversation, live.connection === "live", {
      why: (error) => (error instanceof Refused ? error.message : t("live.disconnected")),
      giveBack(content) {
        if (!text.trim()) change(content);
      },
    }),
  };
}

function stillOf(chat: ChatSummary, messages: Message[]): ConversationSnapshot {
  return {
    messages,
    pending: [],
    connection: "connecting",
    peerTyping: false,
    peerPreview: "",
    peerReadSeq: chat.customerReadSeq,
    peerPresent: true,
    status: chat.status,
    agent: null,
    agentAway: false,
    position: null,
    estimate: null,
    online: null,
    ended: chat.endedAt ? { reason: null } : null,
  };
}
