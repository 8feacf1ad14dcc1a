import { Form } from "@remix-run/react";
import Trash2 from "lucide-react/icons/trash-2";
import { FormToken } from "~/auth/form-token";
import type { Label } from "~/chat/shapes";
import { Banner } from "~/components/banner";
import { Button } from "~/components/button";
import { ConfirmButton } from "~/components/confirm-button";
import { LabelPill } from "~/components/label-pill";
import { SelectField } from "~/components/select-field";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { LabelForm } from "./label-form";

interface Props {
  label: Label & { chats: number };
  others: Label[];
  refusal?: RefusalView;
}

/** One label; opened, it can be renamed, coloured, merged and deleted. */
export function LabelRow({ label, others, refusal }: Props) {
  const t = useStaffText();
  const { id, name, colour, chats } = label;
  const general = refusal && !Object.keys(refusal.fields).length ? refusal.message : undefined;
  return (
    <li className="border-b border-line last:border-0">
      <details open={refusal !== undefined}>
        <summary className="flex min-h-[48px] cursor-pointer items-center gap-3 px-4 py-2 hover:bg-surface-2">
          <span className="min-w-0 flex-1">
            <LabelPill name={name} colour={colour} />
          </span>
          <span className="shrink-0 text-xs tabular-nums text-text-muted">{t("labels.chats", { count: chats })}</span>
        </summary>
        {general && (
          <div className="px-4 pt-4">
            <Banner tone="refused">{general}</Banner>
          </div>
        )}
        <LabelForm label={label} refusal={refusal} />
        <div className="flex flex-wrap items-end gap-x-6 gap-y-4 border-t border-line p-4">
          {others.length > 0 && (
            <Form method="post" className="flex flex-wrap items-end gap-2">
              <FormToken />
              <input type="hidden" name="intent" value="merge" />
              <input type="hidden" name="id" value={id} />
              <SelectField
                name="into"
                label={t("labels.merge.into")}
                hint={t("labels.merge.hint", { count: chats, name })}
                options={others.map((other) => [String(other.id), other.name])}
                className="w-72 max-w-full"
              />
              <Button size="sm">{t("labels.merge")}</Button>
            </Form>
          )}
          <ConfirmButton
            danger
            look="quiet"
            label={
              <>
                <Trash2 size={16} aria-hidden="true" />
                {t("labels.delete")}
              </>
            }
            title={t("labels.delete.title", { name })}
            confirm={t("labels.delete.confirm")}
            cancel={t("users.cancel")}
            fields={{ intent: "delete", id: String(id) }}
          >
            {t("labels.delete.text", { count: chats })}
          </ConfirmButton>
        </div>
      </details>
    </li>
  );
}
