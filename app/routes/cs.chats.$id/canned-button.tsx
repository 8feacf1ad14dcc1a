import MessageSquareQuote from "lucide-react/icons/message-square-quote";
import { useId } from "react";
import type { CannedResponse } from "~/chat/shapes";
import { buttonClass } from "~/components/button";
import { popoverClass } from "~/components/popover";
import { useHydrated } from "~/components/use-hydrated";
import { useStaffText } from "~/messages/staff-text";

interface Props {
  canned: readonly CannedResponse[];
  fill(content: string): string;
  onOpen(): void;
}

/** Opens the canned replies: the list at the caret, or without scripts their texts to copy. */
export function CannedButton({ canned, fill, onOpen }: Props) {
  const t = useStaffText();
  const id = useId();
  const scripts = useHydrated();
  return (
    <>
      <button
        type="button"
        popoverTarget={scripts ? undefined : id}
        onClick={scripts ? onOpen : undefined}
        title={t("reply.canned.open")}
        aria-label={t("reply.canned.open")}
        className={buttonClass({ look: "quiet", size: "sm", icon: true })}
      >
        <MessageSquareQuote size={18} aria-hidden="true" />
      </button>
      {!scripts && (
        <noscript>
          <div
            id={id}
            popover="auto"
            className={`${popoverClass} inset-0 !m-auto h-fit max-h-[80vh] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto`}
          >
            <p className="font-semibold">{t("reply.canned.open")}</p>
            <p className="mt-1 text-text-muted">{t(canned.length > 0 ? "reply.canned.copy" : "reply.canned.empty")}</p>
            {canned.map((response) => (
              <details key={response.id} className="mt-2 rounded border border-line">
                <summary className="cursor-pointer px-3 py-2 font-medium">{response.title}</summary>
                <p className="select-all whitespace-pre-wrap border-t border-line px-3 py-2">
                  {fill(response.content)}
                </p>
              </details>
            ))}
          </div>
        </noscript>
      )}
    </>
  );
}
