import { useMemo } from "react";
import { FormToken } from "~/auth/form-token";
import type { CustomerChat, Message } from "~/chat/shapes";
import { ChatHeader } from "~/components/chat-header";
import { Composer } from "~/components/composer";
import { FormEdition } from "~/components/form-edition";
import { MessageLog } from "~/components/message-log";
import { keptFiles } from "~/files/kept-files";
import { useText } from "~/messages/text";
import { useUploads } from "~/realtime/client/use-uploads";
import { useRootData } from "~/root-data";
import { ConnectionNotice } from "./connection-notice";
import type { CustomerPage } from "./customer-page.server";
import { EmailForm } from "./email-form";
import { EndChat } from "./end-chat";
import { NoScriptLog, NoScriptRefresh } from "./no-script-log";
import { OlderMessages } from "./older-messages";
import { PreviewChoice, usePreviewChoice } from "./preview-choice";
import { useAnswer } from "./use-answer";
import { useLiveChat } from "./use-live-chat";

/** The conversation: the same markup as a page and live. */
export default function OpenChat({ chat, page }: { chat: CustomerChat; page: CustomerPage }) {
  const t = useText();
  const { kept, message: problem } = useAnswer("send");
  const preview = usePreviewChoice(page.typingPreview);
  const live = useLiveChat(chat, page, kept.content, preview.allowed);
  const online = live.online ?? page.online;
  const files = useUploads({
    path: "/api/chat/attachments",
    dropPath: "/api/chat/attachments/",
    rules: page.fileRules,
    token: useRootData()?.formToken ?? "",
    staff: false,
    kept: keptFiles(kept.attachments),
    name: `customer:${chat.id}`,
  });
  const name = live.agent?.name ?? t("chat.team");
  const firstSeq = live.messages[0]?.seq;
  const older = useMemo(() => <OlderMessages chatId={chat.id} firstSeq={firstSeq} />, [chat.id, firstSeq]);
  return (
    <>
      <ChatHeader
        agent={live.agent}
        away={live.agentAway}
        place={{ position: live.position, estimate: live.estimate, online }}
      >
        <EndChat />
      </ChatHeader>
      <ConnectionNotice connection={live.connection} />
      <MessageLog
        className="log-live"
        messages={live.messages}
        pending={live.pending}
        viewer="customer"
        peerName={name}
        peerReadSeq={live.peerReadSeq}
        peerTyping={live.peerTyping}
        {...live.actions}
        {...live.older}
        top={older}
      />
      <NoScriptLog title={t("log.label", { name })} />
      {!online && live.status === "waiting" && <EmailForm email={chat.customerEmail} />}
      <div className="border-t border-line bg-surface p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <Composer
          action="/?index"
          text={live.text}
          onText={live.setText}
          onSend={live.send ?? undefined}
          files={files}
          error={problem}
          tools={<NoScriptRefresh />}
          note={
            live.send && (
              <span className="hidden [@media(pointer:fine)_and_(min-width:480px)]:group-focus-within:inline">
                {t("chat.enter")}
              </span>
            )
          }
        >
          <FormEdition sent={page.messages.findLast(isMine)?.seq ?? 0} />
          <FormToken />
          <input type="hidden" name="clientId" value={page.clientId} autoComplete="off" />
        </Composer>
        {page.typingPreview && <PreviewChoice {...preview} />}
      </div>
    </>
  );
}

const isMine = ({ senderType }: Message) => senderType === "customer";
