import { Form } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import type { CannedResponse } from "~/chat/shapes";
import { Button } from "~/components/button";
import { CannedFields } from "~/components/canned-fields";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";

interface Props {
  intent: "create" | "update";
  response?: CannedResponse;
  refusal?: RefusalView;
}

export function CannedForm({ intent, response, refusal }: Props) {
  const t = useStaffText();
  const value = (name: "title" | "shortcut" | "content") => refusal?.kept[name] ?? response?.[name];
  const known = Object.keys(refusal?.fields ?? {}).length > 0;
  return (
    <Form method="post" className="flex flex-col gap-4 border-t border-line p-4">
      <FormToken />
      {response && <input type="hidden" name="id" value={response.id} />}
      <CannedFields value={value} errors={refusal?.fields} />
      {refusal && !known && (
        <p role="alert" className="font-medium text-danger">
          {refusal.message}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button name="intent" value={intent} look="primary" size="sm">
          {t("canned.save")}
        </Button>
        {response && (
          <Button name="intent" value="delete" size="sm" formNoValidate>
            {t("canned.delete")}
          </Button>
        )}
      </div>
    </Form>
  );
}
