import CircleAlert from "lucide-react/icons/circle-alert";
import { useText } from "~/messages/text";
import type { Pending } from "./log-rows";

interface Props {
  pending: Pending;
  onRetry?(clientId: string): void;
  onDiscard?(clientId: string): void;
}

/** Why a message did not go out, and what can be done about it. */
export function FailedSend({ pending, onRetry, onDiscard }: Props) {
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
