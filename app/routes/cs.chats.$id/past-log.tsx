import { Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import type { ChatSummary, Message } from "~/chat/shapes";
import { buttonClass } from "~/components/button";
import { MessageLog } from "~/components/message-log";
import { useText } from "~/messages/text";
import { useStaffText } from "~/messages/staff-text";
import { useMe } from "~/routes/cs/workspace-context";
import { useSearchLinks } from "./search";

interface Props {
  chat: ChatSummary;
  messages: Message[];
  name: string;
  q: string;
  at: number;
  words: readonly string[];
}

/** A part of the log as it was, around one message. It stands still; a link leads back to what is live. */
export function PastLog({ chat, messages, name, q, at, words }: Props) {
  const t = useStaffText();
  const inLog = useText();
  const me = useMe();
  const links = useSearchLinks(q);
  const box = useRef<HTMLDivElement>(null);
  const [first, last] = [messages[0]?.seq ?? 1, messages.at(-1)?.seq ?? 0];
  useEffect(() => {
    box.current?.querySelector(`#m${at}`)?.scrollIntoView({ block: "center" });
  }, [at]);
  const more = `${buttonClass({ look: "quiet", size: "sm" })} mx-auto`;
  return (
    <div ref={box} className="flex min-h-0 flex-1 flex-col">
      <MessageLog
        key={first}
        messages={messages}
        viewer="cs"
        me={me.userId}
        peerName={name}
        peerReadSeq={chat.customerReadSeq}
        markedSeq={at}
        words={words}
        top={
          first > 1 && (
            <p className="mb-2 text-center">
              <Link to={links.at(first)} replace className={more}>
                {inLog("log.older")}
              </Link>
            </p>
          )
        }
        bottom={
          <p className="mt-4 flex flex-wrap justify-center gap-2">
            {last < chat.lastSeq && (
              <Link to={links.at(last)} replace className={buttonClass({ look: "quiet", size: "sm" })}>
                {t("find.later")}
              </Link>
            )}
            <Link to={links.closed} className={buttonClass({ size: "sm" })}>
              {inLog("chat.jump")}
            </Link>
          </p>
        }
      />
    </div>
  );
}
