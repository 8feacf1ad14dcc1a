import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { Field } from "~/components/field";
import { PasswordField } from "~/components/password-field";
import { useStaffText } from "~/messages/staff-text";

interface Props {
  enrolment: { secret: string; qr: { size: number; path: string } };
  refusal?: { message: string; fields: Record<string, string> };
}

/** Dark on white in every theme: that is what cameras expect. */
export function EnrolForm({ enrolment: { secret, qr }, refusal }: Props) {
  const t = useStaffText();
  return (
    <Form method="post" className="card flex flex-col gap-6 p-5 sm:flex-row sm:p-6">
      <FormToken />
      <input type="hidden" name="intent" value="confirm" />
      <svg
        role="img"
        aria-label={t("factor.qr")}
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="qr-code h-48 w-48 shrink-0 self-center rounded sm:self-start"
      >
        <path d={qr.path} />
      </svg>
      <div className="flex min-w-0 flex-1 flex-col gap-5">
        <div>
          <h2 className="font-semibold">{t("factor.scan")}</h2>
          <p className="mt-1 text-text-muted">{t("factor.secret")}</p>
          <p dir="ltr" className="mt-1 break-all font-mono">
            {secret.replace(/(.{4})(?=.)/g, "$1 ")}
          </p>
        </div>
        <Field
          label={t("factor.code")}
          name="code"
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          className="max-w-72"
          error={refusal && !refusal.fields.password ? (refusal.fields.code ?? refusal.message) : undefined}
        />
        <div className="max-w-72">
          <PasswordField label={t("factor.password")} error={refusal?.fields.password} />
        </div>
        <Button look="primary" className="self-start">
          {t("factor.confirm")}
        </Button>
      </div>
    </Form>
  );
}
