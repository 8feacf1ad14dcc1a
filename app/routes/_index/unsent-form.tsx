import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { useHydrated } from "~/components/use-hydrated";
import { useText } from "~/messages/text";
import { unsentText } from "./unsent";
import { useAnswer } from "./use-answer";

/** What was still being written when the chat ended: from a form that was refused, from this browser, or from another. */
export function useUnsent(draft: string): string {
  const late = useAnswer("send").kept.content;
  const posted = useAnswer("start").kept.message || late;
  const hydrated = useHydrated();
  return posted || (hydrated && unsentText()) || draft;
}

/** Too late for the chat that ended, just right for a new one. */
export function UnsentForm({ text, clientId }: { text: string; clientId: string }) {
  const t = useText();
  const { message, fields } = useAnswer("start");
  return (
    <Form method="post" action="/?index" replace className="flex flex-col gap-3">
      <FormToken />
      <input type="hidden" name="clientId" value={clientId} autoComplete="off" />
      <TextField
        label={t("ended.unsent")}
        name="message"
        rows={2}
        required
        maxLength={8_000}
        defaultValue={text}
        error={fields.message ?? message}
      />
      <Button name="intent" value="start" look="primary" size="lg" className="self-start">
        {t("ended.new")}
      </Button>
    </Form>
  );
}
