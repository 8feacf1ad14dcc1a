import { Form } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { FormToken } from "~/auth/form-token";
import { Button, buttonClass } from "~/components/button";
import { useHydrated } from "~/components/use-hydrated";
import { useText } from "~/messages/text";

/** Asks before it ends the chat. A <details>: it opens without scripts, and without leaving what is being written. */
export function EndChat() {
  const t = useText();
  const box = useRef<HTMLDetailsElement>(null);
  const hydrated = useHydrated();
  useClosing(box);
  return (
    <details ref={box} className="group/end">
      <summary className={`${buttonClass({ look: "quiet" })} min-h-[44px] -me-2 cursor-pointer`}>
        {t("end.open")}
      </summary>
      <Form
        method="post"
        action="/?index"
        replace
        className="appear absolute inset-x-3 top-full z-10 mt-1 flex flex-col gap-4 rounded-lg border border-line bg-surface p-4 shadow sm:start-auto sm:w-80"
      >
        <FormToken />
        <div>
          <p className="font-semibold">{t("end.question")}</p>
          <p className="mt-1 text-sm text-text-muted">{t("end.text")}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button name="intent" value="end" look="danger" className="min-h-[44px]">
            {t("end.confirm")}
          </Button>
          {hydrated && (
            <Button type="button" className="min-h-[44px]" onClick={() => close(box.current)}>
              {t("end.keep")}
            </Button>
          )}
        </div>
      </Form>
    </details>
  );
}

function close(box: HTMLDetailsElement | null) {
  if (!box?.open) return;
  box.open = false;
  box.querySelector("summary")?.focus();
}

/** Escape and a press elsewhere close it. */
function useClosing(box: { current: HTMLDetailsElement | null }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && close(box.current);
    const onPress = (event: PointerEvent) => {
      if (box.current?.open && !box.current.contains(event.target as Node)) box.current.open = false;
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onPress);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onPress);
    };
  }, [box]);
}
