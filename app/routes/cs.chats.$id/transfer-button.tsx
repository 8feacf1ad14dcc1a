import ArrowRightLeft from "lucide-react/icons/arrow-right-left";
import X from "lucide-react/icons/x";
import { useId } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { buttonClass } from "~/components/button";
import { popoverClass } from "~/components/popover";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { TransferForm } from "./transfer-form";

const MOVES = ["transfer", "requeue"];
export const isRefusedMove = (refusal: RefusalView | undefined) => MOVES.includes(refusal?.kept.intent ?? "");

/** Opens the ways in which a chat can go to somebody else. */
export function TransferButton({ chat }: { chat: ChatSummary }) {
  const t = useStaffText();
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        title={t("transfer.open")}
        aria-label={t("transfer.open")}
        className={buttonClass({ look: "quiet", size: "sm", icon: true })}
      >
        <ArrowRightLeft size={17} aria-hidden="true" />
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className={`${popoverClass} inset-0 !m-auto h-fit max-h-[calc(100dvh-2rem)] w-[min(26rem,calc(100vw-2rem))] overflow-y-auto !p-5 text-sm backdrop:bg-bg backdrop:opacity-70`}
      >
        <div className="mb-4 flex items-start justify-between gap-3">
          <div>
            <h2 id={`${id}-title`} className="text-base font-semibold">
              {t("transfer.title")}
            </h2>
            <p className="mt-1 text-text-muted">{t("transfer.text")}</p>
          </div>
          <button
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            title={t("transfer.close")}
            aria-label={t("transfer.close")}
            className={`${buttonClass({ look: "quiet", size: "sm", icon: true })} -me-2 -mt-1`}
          >
            <X size={18} aria-hidden="true" />
          </button>
        </div>
        <TransferForm chat={chat} />
      </div>
    </>
  );
}

/** The same in the page, for a form that was refused: without scripts nothing can open a popover. */
export function RefusedTransfer({ chat, refusal }: { chat: ChatSummary; refusal: RefusalView }) {
  const t = useStaffText();
  return (
    <section
      aria-label={t("transfer.title")}
      className="max-h-[60%] overflow-y-auto border-b border-line bg-surface p-4"
    >
      <TransferForm chat={chat} refusal={refusal} />
    </section>
  );
}
