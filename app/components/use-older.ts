import { useCallback, useRef, useState } from "react";
import type { Message } from "~/chat/shapes";
import type { Conversation } from "~/realtime/client/conversation";

/** What a page is rendered with, and how much more is asked for at a time. */
export const LOG_PAGE = 100;

interface Page {
  messages: Message[];
  firstSeq: number;
}

/**
 * The log before the page's own newest rows, page by page from a JSON call (`path?before=SEQ`), added to the conversation.
 * Give both answers to MessageLog.
 */
export function useOlder(conversation: Pick<Conversation, "add"> | null, first: readonly Message[], path: string) {
  const before = useRef(first[0]?.seq ?? 0);
  const [hasOlder, setHasOlder] = useState(first.length >= LOG_PAGE && before.current > 1);
  const loadOlder = useCallback(async () => {
    const response = await fetch(`${path}?before=${before.current}&limit=${LOG_PAGE}`);
    if (!response.ok) throw new Error(`earlier messages: ${response.status}`);
    const { messages, firstSeq } = (await response.json()) as Page;
    before.current = firstSeq;
    conversation?.add(messages);
    setHasOlder(messages.length === LOG_PAGE && firstSeq > 1);
  }, [conversation, path]);
  return { hasOlder: hasOlder && conversation !== null, loadOlder };
}
