import { useEffect, useMemo, useRef } from "react";
import { refusalText } from "~/messages/refusal-text";
import { useText } from "~/messages/text";
import type { Conversation } from "~/realtime/client/conversation";
import { Refused } from "~/realtime/client/refused";

/** What can be done with single messages; the same functions as long as nothing changes, so that no row is drawn for it. */
export function useActions(conversation: Conversation | null, isLive: boolean, giveBack: (content: string) => void) {
  const t = useText();
  const latest = useRef(giveBack);
  useEffect(() => void (latest.current = giveBack));
  return useMemo(() => {
    if (!conversation) return {};
    const told = (done: Promise<void>) =>
      done.catch((error: unknown) => {
        const why = error instanceof Refused ? refusalText(t, "change", error.code, error.message) : t("chat.lost");
        throw new Error(why);
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
  }, [conversation, isLive, t]);
}
