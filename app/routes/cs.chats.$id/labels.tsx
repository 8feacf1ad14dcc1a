import { Form } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import X from "lucide-react/icons/x";
import { useId, useRef } from "react";
import { FormToken } from "~/auth/form-token";
import type { VisitorFacts } from "~/chat/visitor-facts.server";
import { Button } from "~/components/button";
import { LABEL_CLASS } from "~/components/label-pill";
import { useStaffText } from "~/messages/staff-text";

interface Props {
  labels: VisitorFacts["labels"];
  /** Names to choose from. */
  known: string[];
  readOnly: boolean;
}

/** What the chat is about, in the team's words; a new one is made by writing it. */
export function Labels({ labels, known, readOnly }: Props) {
  const t = useStaffText();
  const list = useId();
  const form = useRef<HTMLFormElement>(null);
  if (readOnly)
    return <p className="text-text-muted">{labels.map(({ name }) => name).join(", ") || t("labels.none")}</p>;
  return (
    <>
      {labels.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1.5">
          {labels.map(({ id, name, colour }) => (
            <li key={id}>
              <Form method="post" preventScrollReset className="flex">
                <FormToken />
                <input type="hidden" name="labelId" value={id} />
                <span
                  className={`inline-flex max-w-full items-center rounded-full ps-2.5 text-xs font-medium ${LABEL_CLASS[colour]}`}
                >
                  <span className="truncate">{name}</span>
                  <button
                    name="intent"
                    value="removeLabel"
                    title={t("labels.remove", { name })}
                    aria-label={t("labels.remove", { name })}
                    className="grid h-6 w-6 shrink-0 place-items-center rounded-full hover:bg-surface"
                  >
                    <X size={12} aria-hidden="true" />
                  </button>
                </span>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form ref={form} method="post" preventScrollReset className="flex gap-1.5" key={labels.length}>
        <FormToken />
        <input
          name="label"
          required
          maxLength={40}
          list={list}
          autoComplete="off"
          aria-label={t("labels.new")}
          placeholder={t("labels.new")}
          className="input !min-h-[32px] min-w-0 flex-1 !py-1"
        />
        <datalist id={list}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Button name="intent" value="addLabel" size="sm" icon title={t("labels.add")} aria-label={t("labels.add")}>
          <Plus size={16} aria-hidden="true" />
        </Button>
      </Form>
    </>
  );
}
