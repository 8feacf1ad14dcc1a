import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { CustomerChat, Message } from "~/chat/shapes";
import type { Conversation, ConversationSnapshot } from "~/realtime/client/conversation";
import { useStore } from "~/realtime/client/use-store";
import { openLive } from "./live";
import { keepUnsent } from "./unsent";
import { useTitleBadge } from "./use-title-badge";

/** A chat that starts as what the page was rendered with and comes alive once its connection is there. */
export function useLiveChat(chat: CustomerChat, messages: Message[], kept: string) {
  const [conversation, setConversation] = useState<Conversation | null>(null);
  const [text, setText] = useState(kept);
  const still: ConversationSnapshot = {
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
    ended: null,
  };
  const live = useStore(conversation, still);
  const atStart = useRef({ chat, messages });

  useEffect(() => {
    const { conversation, close } = openLive(atStart.current.chat, atStart.current.messages);
    keepUnsent("");
    setText((typed) => typed || conversation.draft);
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
    conversation.setTyping(next.trim() !== "");
  };
  return {
    ...live,
    text,
    setText: change,
    send:
      conversation &&
      ((content: string) => {
        conversation.send(content);
        change("");
      }),
    retry: conversation?.retry,
    discard: (clientId: string) => {
      const content = conversation?.discard(clientId);
      if (content && !text.trim()) change(content);
    },
  };
}

/** When it ends, the page says how, and what was not sent waits for the next chat. */
function useEnd({ ended, pending }: ConversationSnapshot, text: string) {
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
