import { useMemo, useRef, type ReactNode } from "react";
import type { Message } from "~/chat/shapes";
import { useText } from "~/messages/text";
import { EventRow } from "./event-row";
import { JumpToEnd } from "./jump-to-end";
import { logRows, type Pending } from "./log-rows";
import { MessageRow } from "./message-row";
import { Day, useTimeZone } from "./time";

export interface MessageLogProps {
  messages: readonly Message[];
  pending?: readonly Pending[];
  viewer: "customer" | "cs";
  /** Who is on the other side, for readers of the page and for the typing line. */
  peerName: string;
  /** How far the other side has read: seq. */
  peerReadSeq: number;
  peerTyping?: boolean;
  onRetry?(clientId: string): void;
  onDiscard?(clientId: string): void;
  /** The seq before which a line says that what follows is new. */
  unreadFrom?: number | null;
  /** Above the first message. */
  top?: ReactNode;
  className?: string;
}

/** A conversation, newest at the end and in view. It scrolls by itself inside whatever height it is given. */
export function MessageLog({
  messages,
  pending = [],
  viewer,
  peerName,
  peerTyping,
  unreadFrom = null,
  top,
  className = "",
  ...rest
}: MessageLogProps) {
  const t = useText();
  const timeZone = useTimeZone() ?? "UTC";
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => logRows(messages, pending, viewer, timeZone, unreadFrom),
    [messages, pending, viewer, timeZone, unreadFrom],
  );
  return (
    <div className={`relative flex min-h-0 flex-1 flex-col ${className}`}>
      <div
        ref={box}
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={t("log.label", { name: peerName })}
        tabIndex={0}
        className="scroll-from-end min-h-0 flex-1 focus-visible:-outline-offset-2"
      >
        <div className="mb-auto w-full px-4 py-5 sm:px-6">
          {top}
          <ol className="flex flex-col">
            {rows.map((row) =>
              row.kind === "day" ? (
                <li key={row.key} className="my-3 text-center text-xs font-medium text-text-muted">
                  <Day iso={row.iso} />
                </li>
              ) : row.kind === "unread" ? (
                <UnreadLine key={row.key} />
              ) : row.kind === "event" ? (
                <EventRow key={row.key} message={row.message} viewer={viewer} />
              ) : (
                <MessageRow key={row.key} row={row} peerName={peerName} {...rest} />
              ),
            )}
          </ol>
          {peerTyping && <Typing name={peerName} />}
        </div>
      </div>
      <JumpToEnd box={box} />
    </div>
  );
}

function UnreadLine() {
  const t = useText();
  return (
    <li className="my-3 flex items-center gap-3 text-xs font-semibold text-accent-strong before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
      {t("log.unread")}
    </li>
  );
}

// Seen, not announced: a log that says "is typing" every few seconds talks over its own messages.
function Typing({ name }: { name: string }) {
  const t = useText();
  return (
    <p aria-hidden="true" className="appear mt-3 flex items-center gap-2 text-sm text-text-muted">
      <span className="flex gap-1 rounded-lg bg-theirs px-3 py-3">
        {["", "[animation-delay:150ms]", "[animation-delay:300ms]"].map((delay) => (
          <span key={delay} className={`h-1.5 w-1.5 animate-pulse rounded-full bg-text-muted ${delay}`} />
        ))}
      </span>
      {t("log.typing", { name })}
    </p>
  );
}
