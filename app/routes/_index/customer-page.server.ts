import { v4 as uuidv4 } from "uuid";
import { getCustomer } from "~/auth/require.server";
import { issueCustomerCookie } from "~/auth/visitor.server";
import { currentChat, pastChats } from "~/chat/find-chat.server";
import { latestMessages } from "~/chat/read-log.server";
import type { CustomerChat, Message } from "~/chat/shapes";
import { colleagues } from "~/people/colleagues.server";

export interface CustomerPage {
  /** The chat to show; null: the form that starts one. */
  chat: CustomerChat | null;
  messages: Message[];
  /** Ended chats beside the one shown. */
  past: CustomerChat[];
  online: boolean;
  /** Names what the form will send, so that sending it twice is harmless. */
  clientId: string;
  sourceUrl: string | null;
}

/** Everything the customer's page shows, and a cookie for a first visit. */
export async function customerPage(request: Request): Promise<{ page: CustomerPage; cookie: string | null }> {
  const customer = await getCustomer(request);
  const [newest, ended, staff] = await Promise.all([
    customer && currentChat(customer),
    customer ? pastChats(customer) : [],
    colleagues(),
  ]);
  const chat = newest && (isOpen(newest) || !wantsNew(request)) ? newest : null;
  return {
    page: {
      chat,
      messages: customer && chat ? await latestMessages(customer, chat.id) : [],
      past: ended.filter(({ id }) => id !== chat?.id),
      online: staff.some(({ status }) => status === "online"),
      clientId: uuidv4(),
      sourceUrl: request.headers.get("referer"),
    },
    cookie: issueCustomerCookie(request),
  };
}

const isOpen = (chat: CustomerChat) => chat.endedAt === null;

const wantsNew = (request: Request) => new URL(request.url).searchParams.has("new");
