import { Form } from "@remix-run/react";
import { useId, type ReactNode } from "react";
import { FormToken } from "~/auth/form-token";
import { Button, buttonClass } from "./button";
import { popoverClass } from "./popover";

interface Props {
  /** On the button that asks. */
  label: ReactNode;
  title: string;
  /** What will happen. */
  children: ReactNode;
  confirm: string;
  cancel: string;
  /** Sent as the form's fields. */
  fields: Record<string, string>;
  /** What cannot be undone is red. */
  danger?: boolean;
  look?: "plain" | "quiet";
  /** In the browser, as the form goes. */
  onConfirm?(): void;
}

/** A button that says what it does before it does it; opens, closes and sends without scripts. */
export function ConfirmButton({
  label,
  title,
  children,
  confirm,
  cancel,
  fields,
  danger,
  look = "plain",
  onConfirm,
}: Props) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className={`${buttonClass({ size: "sm", look })} ${danger ? "!text-danger" : ""}`}
      >
        {label}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className={`${popoverClass} inset-0 !m-auto h-fit w-[min(26rem,calc(100vw-2rem))] !p-5 text-start text-sm backdrop:bg-bg backdrop:opacity-70`}
      >
        <h2 id={`${id}-title`} className="break-anywhere text-base font-semibold">
          {title}
        </h2>
        <div className="break-anywhere mt-1 whitespace-normal font-normal text-text-muted">{children}</div>
        <div className="mt-4 flex flex-wrap gap-2">
          <Form method="post" onSubmit={onConfirm}>
            <FormToken />
            {Object.entries(fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <Button look={danger ? "danger" : "primary"} size="sm">
              {confirm}
            </Button>
          </Form>
          <button
            type="button"
            autoFocus
            popoverTarget={id}
            popoverTargetAction="hide"
            className={buttonClass({ size: "sm" })}
          >
            {cancel}
          </button>
        </div>
      </div>
    </>
  );
}
