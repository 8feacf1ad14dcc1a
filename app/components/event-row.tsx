import type { Message } from "~/chat/shapes";
import { useText, type Say } from "~/messages/text";
import type { TextKey } from "~/messages/en";
import { Time } from "./time";

/** Something that happened in the chat, as a quiet line between the messages. */
export function EventRow({ message, viewer }: { message: Message; viewer: "customer" | "cs" }) {
  const t = useText();
  return (
    <li data-seq={message.seq} className="my-3 flex justify-center">
      <p className="break-anywhere max-w-[92%] rounded-full bg-surface-2 px-3 py-1 text-center text-xs text-text-muted">
        {eventText(message, viewer, t)} · <Time iso={message.createdAt} />
      </p>
    </li>
  );
}

/** In the reader's language where we know the kind of event, else as the server wrote it. */
export function eventText({ event, content }: Message, viewer: "customer" | "cs", t: Say<TextKey>): string {
  switch (event?.kind) {
    case "assigned":
      return t("event.assigned", { name: event.csName });
    case "transferred":
      return t("event.transferred", { name: event.csName });
    case "handover":
      return t("event.handover", { from: event.fromName, note: content });
    case "returned":
      return t(`event.returned.${event.why}`, { name: event.csName });
    case "idle_warning":
      return t("event.idle_warning");
    case "ended":
      return t(
        event.reason === "customer" && viewer === "customer"
          ? "event.ended.customer.you"
          : `event.ended.${event.reason}`,
      );
    case "rated":
      return t("event.rated", { rating: event.rating });
    default:
      return content;
  }
}
