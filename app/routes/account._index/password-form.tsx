import { Form, useNavigation } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { Banner } from "~/components/banner";
import { Button } from "~/components/button";
import { PasswordField } from "~/components/password-field";
import { useStaffText } from "~/messages/staff-text";

interface Refusal {
  message: string;
  fields: Record<string, string>;
}

export function PasswordForm({ refusal }: { refusal?: Refusal }) {
  const t = useStaffText();
  const busy = useNavigation().formData?.get("intent") === "password";
  const general = refusal && !Object.keys(refusal.fields).length ? refusal.message : undefined;
  return (
    <Form method="post" className="card mt-5 p-5 sm:p-6">
      <FormToken />
      <input type="hidden" name="intent" value="password" />
      <h2 className="text-base font-semibold">{t("account.password")}</h2>
      {general && (
        <div className="mt-4">
          <Banner tone="refused">{general}</Banner>
        </div>
      )}
      <div className="mt-4 flex max-w-sm flex-col gap-5">
        <PasswordField name="current" label={t("account.password.current")} error={refusal?.fields.current} />
        <PasswordField
          name="next"
          autoComplete="new-password"
          label={t("account.password.next")}
          hint={t("account.password.hint")}
          error={refusal?.fields.next}
        />
        <Button look="primary" className="self-start" aria-disabled={busy || undefined}>
          {t("account.password.change")}
        </Button>
      </div>
    </Form>
  );
}
