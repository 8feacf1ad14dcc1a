import type { ReactNode } from "react";
import { useStaffText } from "~/messages/staff-text";
import { Field, TextField } from "./field";

type Name = "title" | "shortcut" | "content";

interface Props {
  /** What stands in a field at first. */
  value(name: Name): string | undefined;
  /** What is wrong with a field. */
  errors?: Record<string, string>;
  /** Fields beside the title and the shortcut. */
  children?: ReactNode;
}

/** The fields of a canned reply, one's own or shared. */
export function CannedFields({ value, errors, children }: Props) {
  const t = useStaffText();
  return (
    <>
      <div className={`grid gap-4 ${children ? "sm:grid-cols-3" : "sm:grid-cols-2"}`}>
        <Field
          name="title"
          required
          maxLength={80}
          autoComplete="off"
          label={t("canned.field.title")}
          defaultValue={value("title")}
          error={errors?.title}
        />
        <Field
          name="shortcut"
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="none"
          label={t("canned.field.shortcut")}
          defaultValue={value("shortcut")}
          error={errors?.shortcut}
        />
        {children}
      </div>
      <TextField
        name="content"
        required
        rows={4}
        maxLength={4_000}
        label={t("canned.field.content")}
        hint={t("canned.field.content.hint", { example: "{{customer.name|there}}, {{agent.name}}" })}
        defaultValue={value("content")}
        error={errors?.content}
      />
    </>
  );
}
