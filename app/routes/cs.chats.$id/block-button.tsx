import { Form } from "@remix-run/react";
import Ban from "lucide-react/icons/ban";
import { useId } from "react";
import { FormToken } from "~/auth/form-token";
import { Button, buttonClass } from "~/components/button";
import { focusedFirst, popoverClass } from "~/components/popover";
import { useStaffText } from "~/messages/staff-text";

/** Says what it does before it does it. */
export function BlockButton({ name }: { name: string }) {
  const t = useStaffText();
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 !text-danger`}
      >
        <Ban size={16} aria-hidden="true" />
        {t("block.open")}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className={`${popoverClass} inset-0 !m-auto h-fit w-[min(24rem,calc(100vw-2rem))] !p-5 text-sm backdrop:bg-bg backdrop:opacity-70`}
      >
        <h2 id={`${id}-title`} className="break-anywhere text-base font-semibold">
          {t("block.title", { name })}
        </h2>
        <p className="mt-1 text-text-muted">{t("block.text")}</p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Form method="post">
            <FormToken />
            <Button name="intent" value="block" look="danger" size="sm">
              {t("block.confirm")}
            </Button>
          </Form>
          <button
            type="button"
            ref={focusedFirst}
            popoverTarget={id}
            popoverTargetAction="hide"
            className={buttonClass({ size: "sm" })}
          >
            {t("block.cancel")}
          </button>
        </div>
      </div>
    </>
  );
}
