import ArrowRightLeft from "lucide-react/icons/arrow-right-left";
import ChevronDown from "lucide-react/icons/chevron-down";
import type { ChatSummary, Message } from "~/chat/shapes";
import { stopwatch } from "~/components/elapsed";
import { useStaffText } from "~/messages/staff-text";
import { useMe } from "~/routes/cs/workspace-context";

interface Props {
  chat: ChatSummary;
  messages: readonly Message[];
}

/** What a colleague passed on, pinned until it is answered: their line, and the question that is still open. */
export function HandOverCard({ chat, messages }: Props) {
  const t = useStaffText();
  const me = useMe();
  const handed = handedOver(messages);
  const fromName = chat.handover?.fromName ?? handed?.fromName;
  if (chat.arrival !== "transferred" || chat.csId !== me.userId || !fromName || handed?.answered) return null;
  const { note, waitedSeconds } = chat.handover ?? { note: "", waitedSeconds: null };
  const question = messages.findLast(({ senderType, takenBack }) => senderType === "customer" && !takenBack);
  return (
    <details open className="group/card border-b border-note-line bg-note text-sm">
      <summary className="flex min-h-[40px] cursor-pointer list-none items-center gap-2.5 px-4 py-2">
        <ArrowRightLeft size={16} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 flex-1 truncate font-semibold">{t("handover.from", { name: fromName })}</span>
        {waitedSeconds !== null && (
          <span className="shrink-0 text-xs font-medium text-waiting">
            {t("handover.waited", { time: stopwatch(waitedSeconds * 1_000) })}
          </span>
        )}
        <ChevronDown
          size={16}
          aria-hidden="true"
          className="shrink-0 transition-transform duration-150 group-open/card:rotate-180"
        />
      </summary>
      <div className="flex max-h-40 flex-col gap-2 overflow-y-auto px-4 pb-3 ps-[2.625rem]">
        {note && <p className="break-anywhere whitespace-pre-wrap">{note}</p>}
        {question && (
          <p className="break-anywhere line-clamp-3 whitespace-pre-wrap border-s-2 border-note-line ps-3 text-text-muted">
            <span className="block text-xs font-medium">{t("handover.question")}</span>
            {question.content}
          </p>
        )}
      </div>
    </details>
  );
}

function handedOver(messages: readonly Message[]) {
  const row = messages.findLast(({ event }) => event?.kind === "transferred");
  if (row?.event?.kind !== "transferred") return null;
  const answered = messages.some(({ seq, senderType, note }) => seq > row.seq && senderType === "cs" && !note);
  return { fromName: row.event.fromName, answered };
}
