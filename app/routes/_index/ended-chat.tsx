import { Link } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import Printer from "lucide-react/icons/printer";
import type { CustomerChat } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { buttonClass } from "~/components/button";
import { Logo } from "~/components/logo";
import { MessageLog } from "~/components/message-log";
import { useText, type Say } from "~/messages/text";
import type { TextKey } from "~/messages/en";
import type { CustomerPage } from "./customer-page.server";
import { OlderMessages } from "./older-messages";
import { RatingForm } from "./rating-form";
import { UnsentForm, useUnsent } from "./unsent-form";

interface Props {
  chat: CustomerChat;
  page: CustomerPage;
}

/** What was said, how it ended, and what one can do now. */
export default function EndedChat({ chat, page: { messages, draft, clientId, askRating } }: Props) {
  const t = useText();
  const unsent = useUnsent(draft);
  return (
    <>
      <header className="flex min-h-[4.25rem] items-center gap-3 border-b border-line px-4 py-3 sm:px-5">
        {chat.agent ? <Avatar name={chat.agent.name} url={chat.agent.avatarUrl} /> : <Logo className="h-9 w-9" />}
        <div className="min-w-0 flex-1 leading-tight" role="status">
          <h2 tabIndex={-1} className="font-semibold outline-none">
            {t("ended.heading")}
          </h2>
          <p className="mt-0.5 truncate text-sm text-text-muted">{reason(chat, t)}</p>
        </div>
      </header>
      <MessageLog
        messages={messages}
        viewer="customer"
        peerName={chat.agent?.name ?? t("chat.team")}
        peerReadSeq={chat.csReadSeq}
        top={<OlderMessages chatId={chat.id} firstSeq={messages[0]?.seq} />}
      />
      <div className="flex max-h-[75%] shrink-0 flex-col gap-4 overflow-y-auto border-t border-line bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] sm:px-5">
        {unsent && <UnsentForm text={unsent} clientId={clientId} />}
        {askRating && <RatingForm sessionId={chat.id} />}
        {chat.rating !== null && <p>{t("rate.thanks", { rating: chat.rating })}</p>}
        <div className="flex flex-wrap gap-2">
          {!unsent && (
            <Link to="/?new" className={buttonClass({ look: chat.rating === null ? "plain" : "primary", size: "lg" })}>
              <Plus size={18} aria-hidden="true" />
              {t("ended.new")}
            </Link>
          )}
          <Link to={`/chats/${chat.id}`} className={buttonClass({ look: "quiet", size: "lg" })}>
            <Printer size={18} aria-hidden="true" />
            {t("ended.transcript")}
          </Link>
        </div>
      </div>
    </>
  );
}

function reason({ endReason, agent }: CustomerChat, t: Say<TextKey>): string {
  if (endReason === "resolved" && !agent) return t("ended.by.admin");
  return t(`ended.by.${endReason ?? "admin"}`, { name: agent?.name ?? "" });
}
