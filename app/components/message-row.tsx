import Check from "lucide-react/icons/check";
import CheckCheck from "lucide-react/icons/check-check";
import CircleAlert from "lucide-react/icons/circle-alert";
import { memo } from "react";
import { useText } from "~/messages/text";
import { Linkify } from "./linkify";
import type { LogRow } from "./log-rows";
import { Time } from "./time";

interface Props {
  row: LogRow & { kind: "message" };
  peerName: string;
  peerReadSeq: number;
  onRetry?(clientId: string): void;
  onDiscard?(clientId: string): void;
}

export const MessageRow = memo(function MessageRow({ row, peerName, peerReadSeq, onRetry, onDiscard }: Props) {
  const t = useText();
  const { mine, first, last, message, pending } = row;
  const sender = message?.senderName ?? (mine ? t("log.you") : peerName);
  return (
    <li className={`flex flex-col ${mine ? "items-end" : "items-start"} ${first ? "mt-3" : "mt-0.5"}`}>
      <div
        className={`break-anywhere max-w-[min(82%,36rem)] whitespace-pre-wrap rounded-lg px-3.5 py-2 ${bubble(row)}`}
      >
        <span className="sr-only">{mine ? t("log.you") : sender}: </span>
        <Linkify text={message?.content ?? pending?.content ?? ""} />
      </div>
      {pending?.state === "failed" ? (
        <Failed pending={pending} onRetry={onRetry} onDiscard={onDiscard} />
      ) : (
        last && (
          <p className="mt-1 flex max-w-full items-center gap-1 px-1 text-xs text-text-muted">
            {!mine && <span className="min-w-0 truncate font-medium">{sender}</span>}
            {!mine && <span aria-hidden="true">·</span>}
            {pending ? t("log.sending") : <Time iso={message.createdAt} />}
            {mine && message && <Tick seen={message.seq <= peerReadSeq} />}
          </p>
        )
      )}
    </li>
  );
});

// The corner nearest the sender is sharp at the end of a run: who speaks is seen before it is read.
function bubble({ mine, last, pending }: Props["row"]) {
  if (pending?.state === "failed") return "border border-danger bg-danger-soft text-text";
  if (mine) return `bg-mine text-on-mine ${last ? "rounded-ee-sm" : ""}`;
  return `bg-theirs text-text ${last ? "rounded-es-sm" : ""}`;
}

function Tick({ seen }: { seen: boolean }) {
  const t = useText();
  const Icon = seen ? CheckCheck : Check;
  return (
    <>
      <Icon size={14} aria-hidden="true" className={seen ? "text-accent" : ""} />
      <span className="sr-only">{t(seen ? "log.seen" : "log.sent")}</span>
    </>
  );
}

function Failed({
  pending,
  onRetry,
  onDiscard,
}: Pick<Props, "onRetry" | "onDiscard"> & { pending: NonNullable<Props["row"]["pending"]> }) {
  const t = useText();
  const link = "inline-flex min-h-[24px] items-center rounded font-medium underline underline-offset-2";
  return (
    <div className="mt-1 flex flex-wrap items-center justify-end gap-x-3 px-1 text-xs text-danger">
      <span className="flex items-center gap-1">
        <CircleAlert size={14} aria-hidden="true" />
        {pending.error ?? t("log.failed")}
      </span>
      <button type="button" className={link} onClick={() => onRetry?.(pending.clientId)}>
        {t("log.retry")}
      </button>
      <button type="button" className={link} onClick={() => onDiscard?.(pending.clientId)}>
        {t("log.discard")}
      </button>
    </div>
  );
}
