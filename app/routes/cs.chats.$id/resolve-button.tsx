import Check from "lucide-react/icons/check";
import { useId, useRef } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { Button, buttonClass } from "~/components/button";
import { focusedFirst, popoverClass } from "~/components/popover";
import { useStaffText } from "~/messages/staff-text";
import { ChatForm } from "~/routes/cs/chat-form";

/** Asks before it ends the chat. */
export function ResolveButton({ chat, name }: { chat: ChatSummary; name: string }) {
  const t = useStaffText();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  return (
    <>
      <button type="button" popoverTarget={id} title={t("chat.resolve")} className={buttonClass({ size: "sm" })}>
        <Check size={16} aria-hidden="true" />
        <span className="max-sm:sr-only">{t("chat.resolve")}</span>
      </button>
      <div
        ref={box}
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className={`${popoverClass} inset-0 !m-auto h-fit w-[min(24rem,calc(100vw-2rem))] !p-5 text-sm backdrop:bg-bg backdrop:opacity-70`}
      >
        <h2 id={`${id}-title`} className="break-anywhere text-base font-semibold">
          {t("chat.resolve.title", { name })}
        </h2>
        <p className="mt-1 text-text-muted">{t("chat.resolve.text")}</p>
        {chat.waitingSince && <p className="mt-2 font-medium text-waiting">{t("chat.resolve.unanswered")}</p>}
        <div className="mt-4 flex flex-wrap gap-2">
          <ChatForm chatId={chat.id} intent="resolve" onDone={() => box.current?.hidePopover()}>
            {(busy) => (
              <Button ref={focusedFirst} look="primary" size="sm" disabled={busy}>
                {t("chat.resolve.confirm")}
              </Button>
            )}
          </ChatForm>
          <button type="button" popoverTarget={id} popoverTargetAction="hide" className={buttonClass({ size: "sm" })}>
            {t("chat.cancel")}
          </button>
        </div>
      </div>
    </>
  );
}
