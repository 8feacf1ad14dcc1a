import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { PasswordField } from "~/components/password-field";
import { useStaffText } from "~/messages/staff-text";

interface Refusal {
  message: string;
  fields: Record<string, string>;
  kept: Record<string, string>;
}

/** Both ask for the password: the screen may have been left open. */
export function ManageForms({ left, refusal }: { left: number; refusal?: Refusal }) {
  const t = useStaffText();
  return (
    <>
      <p className={`mt-4 font-medium ${left < 3 ? "text-danger" : ""}`}>{t("factor.left", { n: left })}</p>
      <ManageForm intent="renew" refusal={refusal} />
      <ManageForm intent="remove" refusal={refusal} />
    </>
  );
}

function ManageForm({ intent, refusal }: { intent: "renew" | "remove"; refusal?: Refusal }) {
  const t = useStaffText();
  const refused = refusal?.kept.intent === intent ? refusal : undefined;
  return (
    <Form method="post" className="mt-6 rounded-lg border border-line bg-surface p-5 shadow">
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
