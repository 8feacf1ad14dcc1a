import { memo, useEffect, useMemo, useRef, type ReactNode } from "react";
import type { Message } from "~/chat/shapes";
import { useText } from "~/messages/text";
import { EventRow } from "./event-row";
import { JumpToEnd } from "./jump-to-end";
import { logRows, type Pending } from "./log-rows";
import { MessageRow, type RowActions } from "./message-row";
import { OlderButton } from "./older-button";
import { Day, useTimeZone } from "./time";
import { useHydrated } from "./use-hydrated";
import { useLogWindow } from "./use-log-window";

export interface MessageLogProps extends RowActions {
  messages: readonly Message[];
  pending?: readonly Pending[];
  viewer: "customer" | "cs";
  /** Who is on the other side, for readers of the page and for the typing line. */
  peerName: string;
  /** How far the other side has read: seq. */
  peerReadSeq: number;
  peerTyping?: boolean;
  /** What they are typing, where that is allowed. */
  peerPreview?: string;
  /** The seq before which a line says that what follows is new. */
  unreadFrom?: number | null;
  /** Above the first message, when nothing older can be loaded here. */
  top?: ReactNode;
  /** Below the last message of a part that is not the end of the log. */
  bottom?: ReactNode;
  /** seq of the message that was looked for, and what stands out in all of them. */
  markedSeq?: number;
  words?: readonly string[];
  /** Whether there is more than `messages` has, and how to get it; see useOlder. */
  hasOlder?: boolean;
  loadOlder?(): Promise<void>;
  className?: string;
}

const NONE: readonly Pending[] = [];

/**
 * A conversation, newest at the end and in view. It scrolls by itself inside whatever height it is given. Memoised: what is
 * typed beside it costs it nothing.
 */
export const MessageLog = memo(function MessageLog({
  messages,
  pending = NONE,
  viewer,
  peerName,
  peerReadSeq,
  peerTyping,
  peerPreview,
  unreadFrom = null,
  top,
  bottom,
  markedSeq,
  words,
  hasOlder = false,
  loadOlder,
  className = "",
  ...actions
}: MessageLogProps) {
  const t = useText();
  const timeZone = useTimeZone() ?? "UTC";
  const hydrated = useHydrated();
  const box = useRef<HTMLDivElement>(null);
  const part = useLogWindow({ messages, box, hasOlder, loadOlder });
  // Without scripts there is no going back by scrolling: then all of it is there.
  const visible = hydrated ? part.visible : messages;
  const unsent = part.atEnd ? pending : NONE;
  const rows = useMemo(
    () => logRows(visible, unsent, viewer, timeZone, unreadFrom),
    [visible, unsent, viewer, timeZone, unreadFrom],
  );
  useEndOnSend(pending, () => {
    part.toEnd();
    box.current?.scrollTo({ top: 0 });
  });
  return (
    <div className={`relative flex min-h-0 flex-1 flex-col ${className}`}>
      <div
        ref={box}
        role="log"
        aria-live={part.paging ? "off" : "polite"}
        aria-relevant="additions"
        aria-label={t("log.label", { name: peerName })}
        tabIndex={0}
        className="scroll-from-end min-h-0 flex-1 focus-visible:-outline-offset-2"
      >
        <div className="mb-auto w-full px-4 py-5 sm:px-6">
          {hydrated && part.older ? <OlderButton {...part} /> : top}
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
                <MessageRow
                  key={row.key}
                  row={row}
                  peerName={peerName}
                  marked={markedSeq !== undefined && row.message?.seq === markedSeq}
                  words={words}
                  seen={(row.message?.seq ?? Infinity) <= peerReadSeq}
                  {...actions}
                />
              ),
            )}
          </ol>
          {peerTyping && part.atEnd && <Typing name={peerName} preview={peerPreview} />}
          {bottom}
        </div>
      </div>
      {!bottom && <JumpToEnd box={box} atEnd={part.atEnd} toEnd={part.toEnd} />}
    </div>
  );
});

/** What one sends oneself is looked at, wherever one was. */
function useEndOnSend(pending: readonly Pending[], toEnd: () => void) {
  const newest = pending.at(-1)?.clientId;
  const latest = useRef(toEnd);
  latest.current = toEnd;
  useEffect(() => {
    if (newest) latest.current();
  }, [newest]);
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
function Typing({ name, preview }: { name: string; preview?: string }) {
  const t = useText();
  return (
    <p aria-hidden="true" className="appear mt-3 flex items-end gap-2 text-sm text-text-muted">
      {preview && (
        <span className="break-anywhere max-w-[min(82%,36rem)] whitespace-pre-wrap rounded-lg border border-dashed border-line-strong px-3.5 py-2">
          {preview}
        </span>
      )}
      <span className="flex gap-1 rounded-lg bg-theirs px-3 py-3">
        {["", "[animation-delay:150ms]", "[animation-delay:300ms]"].map((delay) => (
          <span key={delay} className={`h-1.5 w-1.5 animate-pulse rounded-full bg-text-muted ${delay}`} />
        ))}
      </span>
      {t("log.typing", { name })}
    </p>
  );
}
