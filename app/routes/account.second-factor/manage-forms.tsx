import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import type { SecondFactor } from "~/auth/second-factor.server";
import { Button } from "~/components/button";
import { PasswordField } from "~/components/password-field";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";

interface Refusal {
  message: string;
  fields: Record<string, string>;
  kept: Record<string, string>;
}

/** Both ask for the password: the screen may have been left open. */
export function ManageForms({ factor, refusal }: { factor: SecondFactor; refusal?: Refusal }) {
  const t = useStaffText();
  const left = factor.recoveryCodesLeft;
  return (
    <>
      <p className="font-medium">
        {t("factor.on")} {factor.enrolledAt && <DateTime iso={factor.enrolledAt} />}.{" "}
        <span className={left < 3 ? "text-danger" : ""}>{t("factor.left", { n: left })}</span>
      </p>
      <ManageForm intent="renew" refusal={refusal} />
      <ManageForm intent="remove" refusal={refusal} />
    </>
  );
}

function ManageForm({ intent, refusal }: { intent: "renew" | "remove"; refusal?: Refusal }) {
  const t = useStaffText();
  const refused = refusal?.kept.intent === intent ? refusal : undefined;
  return (
    <Form method="post" className="card mt-5 p-5 sm:p-6">
      <FormToken />
      <input type="hidden" name="intent" value={intent} />
      <h2 className="text-base font-semibold">{t(`factor.${intent}`)}</h2>
      <p className="mt-1 text-text-muted">{t(`factor.${intent}.hint`)}</p>
      <div className="mt-4 flex max-w-sm flex-col gap-4">
        <PasswordField label={t("factor.password")} error={refused && (refused.fields.password ?? refused.message)} />
        <Button look={intent === "remove" ? "danger" : "plain"} className="self-start">
          {t(`factor.${intent}`)}
        </Button>
      </div>
    </Form>
  );
}
