import { Form, useNavigation } from "@remix-run/react";
import { useId } from "react";
import { FormToken } from "~/auth/form-token";
import { Avatar } from "~/components/avatar";
import { Banner } from "~/components/banner";
import { Button } from "~/components/button";
import { describedBy, Field, FieldFrame } from "~/components/field";
import { SelectField } from "~/components/select-field";
import { useStaffText } from "~/messages/staff-text";
import type { UserEntry } from "~/people/list-users.server";
import type { RefusalView } from "~/routes/refusal.server";

interface Props {
  user?: UserEntry;
  refusal?: RefusalView;
  submit: string;
}

/** Somebody's name, role and limits; what was typed stays when it is refused. */
export function UserForm({ user, refusal, submit }: Props) {
  const t = useStaffText();
  const busy = useNavigation().formMethod === "POST";
  const known = refusal && Object.keys(refusal.fields).length > 0;
  const { kept = {}, fields = {} } = refusal ?? {};
  return (
    <Form method="post" encType="multipart/form-data" className="card flex flex-col gap-5 p-5 sm:p-6">
      <FormToken />
      <input type="hidden" name="intent" value="save" />
      {refusal && <Banner tone="refused">{known ? t("users.refused") : refusal.message}</Banner>}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          name="name"
          required
          maxLength={80}
          autoComplete="off"
          label={t("users.name")}
          hint={t("users.name.hint")}
          defaultValue={kept.name ?? user?.name}
          error={fields.name}
        />
        <Field
          name="username"
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          label={t("users.username")}
          hint={t("users.username.hint")}
          defaultValue={kept.username ?? user?.username}
          error={fields.username}
        />
        <SelectField
          name="role"
          label={t("users.role")}
          options={[
            ["cs", t("role.cs")],
            ["admin", t("role.admin")],
          ]}
          defaultValue={kept.role ?? user?.role ?? "cs"}
          error={fields.role}
        />
        <Field
          name="maxChats"
          inputMode="numeric"
          autoComplete="off"
          label={t("users.maxChats")}
          hint={t("users.maxChats.hint")}
          defaultValue={kept.maxChats ?? user?.maxChats?.toString()}
          error={fields.maxChats}
        />
      </div>
      <Picture user={user} refusal={refusal} />
      <div>
        <Button look="primary" aria-disabled={busy || undefined}>
          {submit}
        </Button>
      </div>
    </Form>
  );
}

function Picture({ user, refusal }: Omit<Props, "submit">) {
  const t = useStaffText();
  const id = useId();
  const { kept = {}, fields = {} } = refusal ?? {};
  const url = kept.avatarUrl ?? user?.avatarUrl ?? "";
  return (
    <fieldset className="flex flex-col gap-4 border-t border-line pt-5">
      <legend className="float-left w-full font-semibold">{t("users.picture")}</legend>
      <div className="clear-both flex items-start gap-4">
        <Avatar name={kept.name ?? user?.name ?? null} url={url || null} size="lg" />
        <FieldFrame
          id={id}
          label={t("users.picture.file")}
          hint={t("users.picture.hint")}
          error={fields.picture}
          className="min-w-0 flex-1"
        >
          <input
            id={id}
            type="file"
            name="picture"
            accept="image/jpeg,image/png,image/webp,image/gif"
            aria-invalid={fields.picture ? true : undefined}
            {...describedBy(id, true, fields.picture)}
            className="input file:me-3 file:rounded file:border-0 file:bg-surface-2 file:px-3 file:py-1 file:font-medium file:text-text"
          />
        </FieldFrame>
      </div>
      <Field
        name="avatarUrl"
        autoComplete="off"
        spellCheck={false}
        label={t("users.avatarUrl")}
        hint={t("users.avatarUrl.hint")}
        defaultValue={url}
        error={fields.avatarUrl}
      />
    </fieldset>
  );
}
