import { Form } from "@remix-run/react";
import { useId } from "react";
import { FormToken } from "~/auth/form-token";
import type { SharedCanned } from "~/canned/shared-canned.server";
import { Banner } from "~/components/banner";
import { Button } from "~/components/button";
import { CannedFields } from "~/components/canned-fields";
import { Field } from "~/components/field";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";

interface Props {
  reply?: SharedCanned;
  /** Categories that there are. */
  known: string[];
  refusal?: RefusalView;
}

export function SharedForm({ reply, known, refusal }: Props) {
  const t = useStaffText();
  const list = useId();
  const value = (name: "title" | "shortcut" | "content" | "category") => refusal?.kept[name] ?? reply?.[name] ?? "";
  return (
    <Form method="post" className="flex flex-col gap-4 border-t border-line p-4">
      <FormToken />
      <input type="hidden" name="intent" value={reply ? "update" : "create"} />
      {reply && <input type="hidden" name="id" value={reply.id} />}
      {refusal && Object.keys(refusal.fields).length === 0 && <Banner tone="refused">{refusal.message}</Banner>}
      <CannedFields value={value} errors={refusal?.fields}>
        <Field
          name="category"
          maxLength={40}
          autoComplete="off"
          list={list}
          label={t("shared.category")}
          defaultValue={value("category")}
          error={refusal?.fields.category}
        />
        <datalist id={list}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </CannedFields>
      <div>
        <Button look="primary" size="sm">
          {t("canned.save")}
        </Button>
      </div>
    </Form>
  );
}
