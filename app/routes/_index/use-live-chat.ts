import { useEffect, useMemo, useRef, useState } from "react";
import type { CustomerChat, Message } from "~/chat/shapes";
import type { Attachment } from "~/files/shapes";
import { useOlder } from "~/components/use-older";
import { refusalText } from "~/messages/refusal-text";
import { useText } from "~/messages/text";
import type { Conversation, ConversationSnapshot } from "~/realtime/client/conversation";
import { Refused } from "~/realtime/client/refused";
import { useMessageActions } from "~/realtime/client/use-message-actions";
import { useStore } from "~/realtime/client/use-store";
import type { CustomerPage } from "./customer-page.server";
import { openLive } from "./live";
import { keepUnsent } from "./unsent";
import { useEnd } from "./use-end";
import { useTitleBadge } from "./use-title-badge";

/**
 * A chat that starts as what the page was rendered with and comes alive once its connection is there. `kept`: the text of
 * a form that was refused; `preview`: whether the agent may see what is typed.
 */
export function useLiveChat(
  chat: CustomerChat,
  { messages, draft }: CustomerPage,
  kept: string | undefined,
  preview: boolean,
) {
  const t = useText();
  const [conversation, setConversation] = useState<Conversation | null>(null);
  const [text, setText] = useState(kept ?? draft);
  const live = useStore(conversation, stillOf(chat, messages));
  const atStart = useRef({ chat, messages, draft });
  const written = useRef(text);
  written.current = text;

  useEffect(() => {
    const { chat, messages, draft } = atStart.current;
    const { conversation, close } = openLive(chat, messages, draft);
    keepUnsent("");
    // What was written before there was a connection is the newest; this browser's draft is newer than the page's.
    if (written.current && written.current !== draft) conversation.draft = written.current;
    else setText(conversation.draft);
    setConversation(conversation);
    return close;
  }, [chat.id]);

  useEffect(() => conversation?.add(messages), [conversation, messages]);
  useEnd(live, text);
  useReading(conversation, live.messages.at(-1)?.seq ?? 0);
  useTitleBadge(live.messages);

  const change = (next: string) => {
    setText(next);
    if (!conversation) return;
    conversation.draft = next;
    conversation.setTyping(next.trim() !== "", preview ? next.slice(0, LONGEST_PREVIEW) : undefined);
  };
  const pending = useMemo(
    () => live.pending.map((one) => (one.error ? { ...one, error: refusalText(t, "send", one.code, one.error) } : one)),
    [live.pending, t],
  );
  return {
    ...live,
    pending,
    text,
    setText: change,
    send:
      conversation &&
      ((content: string, files: Attachment[]) => {
        conversation.send(content, undefined, files);
        setText("");
      }),
    actions: useMessageActions(conversation, live.connection === "live", {
      why: (error) => (error instanceof Refused ? refusalText(t, "change", error.code, error.message) : t("chat.lost")),
      giveBack(content) {
        if (!text.trim()) change(content);
      },
    }),
    older: useOlder(conversation, atStart.current.messages, "/api/chat/messages"),
  };
}

const LONGEST_PREVIEW = 500;

function stillOf(chat: CustomerChat, messages: Message[]): ConversationSnapshot {
  return {
    messages,
    pending: [],
    connection: "connecting",
    peerTyping: false,
    peerPreview: "",
    peerReadSeq: chat.csReadSeq,
    peerPresent: true,
    status: chat.status,
    agent: chat.agent,
    agentAway: chat.agentAway,
    position: chat.position,
    estimate: chat.estimate,
    online: null,
    ended: null,
  };
}

/** What is on the screen of somebody who looks at it counts as read. */
function useReading(conversation: Conversation | null, lastSeq: number) {
  useEffect(() => {
    if (!conversation || lastSeq === 0) return;
    const mark = () => {
      if (document.visibilityState === "visible") conversation.markRead(lastSeq);
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [conversation, lastSeq]);
}
