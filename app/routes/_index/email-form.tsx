import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { Field } from "~/components/field";
import { useText } from "~/messages/text";
import { useAnswer } from "./use-answer";

/** When nobody is online: where the customer can be reached. */
export function EmailForm({ email }: { email: string | null }) {
  const t = useText();
  const { kept, message, fields } = useAnswer("email");
  const box = "border-t border-line bg-surface-2 px-4 py-3 sm:px-5";
  if (email) return <p className={`${box} break-anywhere text-sm text-text-muted`}>{t("email.kept", { email })}</p>;
  return (
    <Form method="post" action="/?index" replace preventScrollReset className={`${box} flex flex-wrap items-end gap-2`}>
      <FormToken />
      <Field
        label={
          <>
            {t("email.label")} <span className="font-normal text-text-muted">{t("email.hint")}</span>
          </>
        }
        name="email"
        type="email"
        required
        autoComplete="email"
        maxLength={254}
        defaultValue={kept.email}
        error={fields.email ?? message}
        className="min-w-[12rem] flex-1"
      />
      <Button name="intent" value="email" size="lg" className="self-end">
        {t("email.save")}
      </Button>
    </Form>
  );
}
