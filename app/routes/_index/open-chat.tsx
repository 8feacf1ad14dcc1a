import { FormToken } from "~/auth/form-token";
import type { CustomerChat, Message } from "~/chat/shapes";
import { ChatHeader } from "~/components/chat-header";
import { Composer } from "~/components/composer";
import { FormEdition } from "~/components/form-edition";
import { MessageLog } from "~/components/message-log";
import { useText } from "~/messages/text";
import { ConnectionNotice } from "./connection-notice";
import { EndChat } from "./end-chat";
import { NoScriptLog, NoScriptRefresh } from "./no-script-log";
import { OlderMessages } from "./older-messages";
import { useAnswer } from "./use-answer";
import { useLiveChat } from "./use-live-chat";

interface Props {
  chat: CustomerChat;
  messages: Message[];
  /** Whether anybody is there to answer. */
  online: boolean;
  clientId: string;
}

/** The conversation: the same markup as a page and live. */
export default function OpenChat({ chat, messages, online, clientId }: Props) {
  const t = useText();
  const { kept, message: problem } = useAnswer("send");
  const live = useLiveChat(chat, messages, kept.content ?? "");
  const name = live.agent?.name ?? t("chat.team");
  return (
    <>
      <ChatHeader agent={live.agent} place={{ position: live.position, estimate: live.estimate, online }}>
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
        onRetry={live.retry}
        onDiscard={live.discard}
        top={<OlderMessages chatId={chat.id} firstSeq={live.messages[0]?.seq} />}
      />
      <NoScriptLog title={t("log.label", { name })} />
      <div className="border-t border-line bg-surface p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <Composer
          action="/?index"
          text={live.text}
          onText={live.setText}
          onSend={live.send ?? undefined}
          error={problem}
          tools={<NoScriptRefresh />}
          note={
            live.send && (
              <span className="hidden [@media(pointer:fine)]:group-focus-within:inline">{t("chat.enter")}</span>
            )
          }
        >
          <FormEdition sent={messages.findLast(isMine)?.seq ?? 0} />
          <FormToken />
          <input type="hidden" name="clientId" value={clientId} autoComplete="off" />
        </Composer>
      </div>
    </>
  );
}

const isMine = ({ senderType }: Message) => senderType === "customer";
