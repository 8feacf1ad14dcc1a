import { Form, useNavigation } from "@remix-run/react";
import LockKeyhole from "lucide-react/icons/lock-keyhole";
import type { ReactNode } from "react";
import { FormToken } from "~/auth/form-token";
import { Button } from "~/components/button";
import { Field, TextField } from "~/components/field";
import { useText } from "~/messages/text";
import type { CustomerPage } from "./customer-page.server";
import { keepUnsent, unsentText } from "./unsent";
import { useAnswer } from "./use-answer";

/** One form: what it is about, and who asks if they like to say. */
export function StartForm({ page, onWriting }: { page: CustomerPage; onWriting(): void }) {
  const t = useText();
  const busy = useNavigation().formMethod === "POST";
  const { kept, message, fields } = useAnswer("start");
  const optional = (label: string): ReactNode => (
    <>
      {label} <span className="font-normal text-text-muted">({t("start.optional")})</span>
    </>
  );
  return (
    <Form method="post" action="/?index" replace className="flex flex-col gap-5 p-5 sm:p-7">
      <FormToken />
      <input type="hidden" name="intent" value="start" />
      <input type="hidden" name="clientId" value={page.clientId} autoComplete="off" />
      {page.sourceUrl && <input type="hidden" name="sourceUrl" value={page.sourceUrl} />}
      <div>
        <h2 className="text-xl font-semibold tracking-tight">{t("start.heading")}</h2>
        {!page.online && <p className="mt-1.5 text-[0.9375rem] text-text-muted">{t("start.offline")}</p>}
      </div>
      {message && !Object.keys(fields).length && (
        <p role="alert" className="rounded bg-danger-soft px-3 py-2 text-sm font-medium text-danger">
          {message}
        </p>
      )}
      <TextField
        label={t("start.message")}
        name="message"
        required
        rows={4}
        ref={restore}
        onFocus={onWriting}
        onInput={(event) => keepUnsent(event.currentTarget.value)}
        maxLength={8_000}
        placeholder={t("start.placeholder")}
        defaultValue={kept.message}
        error={fields.message}
      />
      <div className="grid gap-5 sm:grid-cols-2 sm:gap-4">
        <Field
          label={optional(t("start.name"))}
          name="customerName"
          autoComplete="name"
          maxLength={80}
          defaultValue={kept.customerName}
          error={fields.customerName}
        />
        <Field
          label={optional(t("start.email"))}
          name="customerEmail"
          type="email"
          autoComplete="email"
          maxLength={254}
          defaultValue={kept.customerEmail}
          error={fields.customerEmail}
        />
      </div>
      <div className="flex flex-col gap-3">
        <Button look="primary" size="lg" aria-disabled={busy || undefined} className="w-full">
          {t("start.send")}
        </Button>
        <p className="flex items-center justify-center gap-1.5 text-sm text-text-muted">
          <LockKeyhole size={14} aria-hidden="true" className="shrink-0" />
          {t("start.private")}
        </p>
      </div>
    </Form>
  );
}

/** A first message survives a closed tab, as every other does. */
function restore(box: HTMLTextAreaElement | null) {
  if (box && !box.value) box.value = unsentText();
}
