import type { Customer } from "~/auth/actor";
import { findCustomerChat } from "./find-chat.server";
import { messagesAfter, PAGE_SIZE } from "./read-log.server";
import type { CustomerChat, Message } from "./shapes";

/** A chat of the customer's from its first word to its last. @throws NotFound */
export async function readTranscript(
  customer: Customer,
  chatId: string,
): Promise<{ chat: CustomerChat; messages: Message[] }> {
  const chat = await findCustomerChat(customer, chatId);
  const messages: Message[] = [];
  let page: Message[];
  do {
    page = await messagesAfter(customer, chat.id, messages.at(-1)?.seq ?? 0);
    messages.push(...page);
  } while (page.length === PAGE_SIZE);
  return { chat, messages };
}
