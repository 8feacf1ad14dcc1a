import { useEffect, useMemo, useRef } from "react";
import type { Conversation } from "~/realtime/client/conversation";
import { Refused } from "~/realtime/client/refused";

/** What can be done with single messages; the same functions as long as nothing changes, so that no row is drawn for it. */
export function useActions(
  conversation: Conversation | null,
  isLive: boolean,
  lost: string,
  giveBack: (content: string) => void,
) {
  const latest = useRef(giveBack);
  useEffect(() => void (latest.current = giveBack));
  return useMemo(() => {
    if (!conversation) return {};
    const told = (done: Promise<void>) =>
      done.catch((error: unknown) => {
        throw new Error(error instanceof Refused ? error.message : lost);
      });
    return {
      onRetry: conversation.retry,
      onDiscard(clientId: string) {
        const content = conversation.discard(clientId);
        if (content) latest.current(content);
      },
      // Both need an answer now: there is nothing to keep for later.
      ...(isLive && {
        onEdit: (seq: number, text: string) => told(conversation.edit(seq, text)),
        onTakeBack: (seq: number) => told(conversation.takeBack(seq)),
      }),
    };
  }, [conversation, isLive, lost]);
}
