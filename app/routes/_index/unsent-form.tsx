import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { useHydrated } from "~/components/use-hydrated";
import { useText } from "~/messages/text";
import { unsentText } from "./unsent";
import { useAnswer } from "./use-answer";

/** What was still being written when the chat ended: from the form that came too late, or from this browser. */
export function useUnsent(): string {
  const posted = useAnswer("send").kept.content;
  const hydrated = useHydrated();
  return posted || (hydrated ? unsentText() : "");
}

/** Too late for the chat that ended, just right for a new one. */
export function UnsentForm({ text, clientId }: { text: string; clientId: string }) {
  const t = useText();
  return (
    <Form method="post" action="/?index" replace className="flex flex-col gap-3">
      <FormToken />
      <input type="hidden" name="clientId" value={clientId} autoComplete="off" />
      <TextField label={t("ended.unsent")} name="message" rows={2} required maxLength={8_000} defaultValue={text} />
      <Button name="intent" value="start" look="primary" size="lg" className="self-start">
        {t("ended.new")}
      </Button>
    </Form>
  );
}
