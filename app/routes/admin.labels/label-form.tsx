import { Form } from "@remix-run/react";
import Check from "lucide-react/icons/check";
import { FormToken } from "~/auth/form-token";
import { LABEL_COLOURS, type Label } from "~/chat/shapes";
import { Button } from "~/components/button";
import { Field } from "~/components/field";
import { LABEL_CLASS } from "~/components/label-pill";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";

/** A label's name and colour: of a new one, or of one that is there. */
export function LabelForm({ label, refusal }: { label?: Label; refusal?: RefusalView }) {
  const t = useStaffText();
  const mine = refusal?.kept.intent === (label ? "update" : "create") ? refusal : undefined;
  const chosen = mine?.kept.colour ?? label?.colour ?? "slate";
  return (
    <Form method="post" className="flex flex-col gap-4 border-t border-line p-4">
      <FormToken />
      <input type="hidden" name="intent" value={label ? "update" : "create"} />
      {label && <input type="hidden" name="id" value={label.id} />}
      <Field
        name="name"
        required
        maxLength={40}
        autoComplete="off"
        label={t("labels.name")}
        defaultValue={mine?.kept.name ?? label?.name}
        error={mine?.fields.name}
        className="max-w-sm"
      />
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("labels.colour")}</legend>
        <div className="flex flex-wrap gap-2">
          {LABEL_COLOURS.map((colour) => (
            <label
              key={colour}
              title={t(`labels.colour.${colour}`)}
              className={`relative grid h-9 w-9 cursor-pointer place-items-center rounded-full border border-current has-[:checked]:ring-2 has-[:checked]:ring-focus has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-4 has-[:focus-visible]:outline-focus ${LABEL_CLASS[colour]}`}
            >
              <input
                type="radio"
                name="colour"
                value={colour}
                defaultChecked={colour === chosen}
                aria-label={t(`labels.colour.${colour}`)}
                className="peer absolute inset-0 cursor-pointer opacity-0"
              />
              <Check size={16} aria-hidden="true" className="hidden peer-checked:block" />
            </label>
          ))}
        </div>
      </fieldset>
      <div>
        <Button look="primary" size="sm">
          {t(label ? "labels.save" : "labels.make")}
        </Button>
      </div>
    </Form>
  );
}
