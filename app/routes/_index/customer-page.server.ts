import { v4 as uuidv4 } from "uuid";
import { getCustomer } from "~/auth/require.server";
import { draftOf } from "~/chat/drafts.server";
import { currentChat, pastChats } from "~/chat/find-chat.server";
import { latestMessages } from "~/chat/read-log.server";
import type { CustomerChat, Message } from "~/chat/shapes";
import { LOG_PAGE } from "~/components/use-older";
import { colleagues } from "~/people/colleagues.server";
import { fileRules } from "~/files/file-limits.server";
import type { FileRules } from "~/files/shapes";
import { welcome, type Welcome } from "~/settings/brand.server";
import { settings } from "~/settings/settings.server";

export interface CustomerPage {
  /** The chat to show; null: the form that starts one. */
  chat: CustomerChat | null;
  messages: Message[];
  /** What was being written in that chat, here or on another device. */
  draft: string;
  /** Ended chats beside the one shown. */
  past: CustomerChat[];
  /** Somebody is there, even with their hands full. */
  online: boolean;
  /** The team may see what is typed before it is sent, unless the customer refuses. */
  typingPreview: boolean;
  /** Whether the chat that ended may be rated here. */
  askRating: boolean;
  /** Names what the form will send, so that sending it twice is harmless. */
  clientId: string;
  sourceUrl: string | null;
  /** What may be attached. */
  fileRules: FileRules;
  /** The organisation's own words, and whether it is open. */
  welcome: Welcome;
}

/** Everything the customer's page shows. */
export async function customerPage(request: Request): Promise<CustomerPage> {
  const customer = await getCustomer(request);
  const [newest, ended, staff, { typingPreview, rateAfterIdle }, rules, greeted] = await Promise.all([
    customer && currentChat(customer),
    customer ? pastChats(customer) : [],
    colleagues(),
    settings(),
    fileRules(),
    welcome(),
  ]);
  const chat = newest && (isOpen(newest) || !wantsNew(request)) ? newest : null;
  return {
    chat,
    messages: customer && chat ? await latestMessages(customer, chat.id, LOG_PAGE) : [],
    draft: customer && chat ? await draftOf(customer, chat.id) : "",
    typingPreview,
    askRating: chat?.rating === null && (chat.endReason !== "idle" || rateAfterIdle),
    past: ended.filter(({ id }) => id !== chat?.id),
    online: staff.some(({ status }) => status !== "offline"),
    clientId: uuidv4(),
    sourceUrl: cameFrom(request),
    fileRules: rules,
    welcome: greeted,
  };
}

const isOpen = (chat: CustomerChat) => chat.endedAt === null;

const wantsNew = (request: Request) => new URL(request.url).searchParams.has("new");

/** The page that led here, when it is somebody else's. */
function cameFrom(request: Request): string | null {
  const referer = request.headers.get("referer");
  if (!referer || referer.length > 2_000 || !/^https?:/.test(referer)) return null;
  return URL.canParse(referer) && new URL(referer).host !== new URL(request.url).host ? referer : null;
}
