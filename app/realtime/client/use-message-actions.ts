import { useEffect, useMemo, useRef } from "react";
import type { Conversation } from "./conversation";

interface Asked {
  /** What failed, in words for the reader. */
  why(error: unknown): string;
  /** Where the text of a message goes that is not sent any more. */
  giveBack(content: string): void;
}

/** What can be done with single messages; the same functions as long as nothing changes, so that no row is drawn for it. */
export function useMessageActions(conversation: Conversation | null, isLive: boolean, asked: Asked) {
  const latest = useRef(asked);
  useEffect(() => void (latest.current = asked));
  return useMemo(() => {
    if (!conversation) return {};
    const told = (done: Promise<void>) =>
      done.catch((error: unknown) => {
        throw new Error(latest.current.why(error));
      });
    return {
      onRetry: conversation.retry,
      onDiscard(clientId: string) {
        const content = conversation.discard(clientId);
        if (content) latest.current.giveBack(content);
      },
      // Both need an answer now: there is nothing to keep for later.
      ...(isLive && {
        onEdit: (seq: number, text: string) => told(conversation.edit(seq, text)),
        onTakeBack: (seq: number) => told(conversation.takeBack(seq)),
      }),
    };
  }, [conversation, isLive]);
}
