import type { Message } from "~/chat/shapes";
import { useText } from "~/messages/text";
import { eventText } from "./event-row";
import { Linkify } from "./linkify";
import { MessageFiles } from "./message-files";
import { DateTime } from "./time";

/** A message as a line of a record: who, when, what. With the customer's `name` it is colleagues who read it. */
export function TranscriptRow({ message, name }: { message: Message; name?: string }) {
  const t = useText();
  if (message.messageType === "system") {
    return (
      <li className="break-anywhere py-2.5 text-sm text-text-muted">
        {eventText(message, name === undefined ? "customer" : "cs", t)} · <DateTime iso={message.createdAt} />
      </li>
    );
  }
  const mine = message.senderType === "customer";
  return (
    <li className="break-anywhere break-inside-avoid py-3.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className={`font-semibold ${mine ? "" : "text-accent"}`}>
          {mine ? (name ?? t("transcript.you")) : (message.senderName ?? t("transcript.team"))}
        </span>
        <DateTime iso={message.createdAt} className="text-text-muted" />
        {message.edited && !message.takenBack && <span className="text-text-muted">{t("log.edited")}</span>}
      </p>
      {(message.takenBack || message.content !== "") && (
        <p className="mt-1 whitespace-pre-wrap">
          {message.takenBack ? (
            <em className="text-text-muted">{t("log.takenBack")}</em>
          ) : (
            <Linkify text={message.content} />
          )}
        </p>
      )}
      {message.attachments.length > 0 && (
        <div className="mt-2">
          <MessageFiles files={message.attachments} mine={false} named />
        </div>
      )}
    </li>
  );
}
