import type { CustomerChat, Message } from "~/chat/shapes";
import { openConversation } from "~/realtime/client/conversation";
import { openSocket } from "~/realtime/client/socket";

/** The customer's connection and the one chat on it. */
export function openLive(chat: CustomerChat, messages: Message[], draft: string) {
  const socket = openSocket({ path: "/ws/chat" });
  const conversation = openConversation({
    socket,
    side: "customer",
    sessionId: chat.id,
    messages,
    peerReadSeq: chat.csReadSeq,
    chat,
    draft,
  });
  return {
    conversation,
    close() {
      conversation.close();
      socket.close();
    },
  };
}
