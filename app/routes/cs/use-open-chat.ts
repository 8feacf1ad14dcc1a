import { useNavigation, useParams } from "@remix-run/react";

/**
 * The chat that is open, or is being opened: the list answers a press at once. Until the new conversation is there the
 * old one must not be touched, or a quick second press would resolve the wrong chat.
 */
export function useOpenChat() {
  const shown = useParams().id;
  const { location } = useNavigation();
  const chosen = location ? /^\/cs\/chats\/([^/]+)/.exec(location.pathname)?.[1] : shown;
  return { shown, chosen, leaving: chosen !== shown };
}
