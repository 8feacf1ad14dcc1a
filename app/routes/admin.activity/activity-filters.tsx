import { Form, useSearchParams } from "@remix-run/react";
import { Button } from "~/components/button";
import { Field } from "~/components/field";
import { SelectField } from "~/components/select-field";
import { useStaffText } from "~/messages/staff-text";
import { actionText } from "./action-text";

interface Props {
  actions: string[];
  people: { id: number; name: string }[];
  wrong: string | null;
}

export function ActivityFilters({ actions, people, wrong }: Props) {
  const t = useStaffText();
  const [search] = useSearchParams();
  const value = (name: string) => search.get(name) ?? "";
  const kinds = [...new Set(actions.map((action) => action.split(".")[0] ?? action))];
  return (
    <Form role="search" className="card mb-5 grid grid-cols-2 items-end gap-x-3 gap-y-3 p-4 lg:grid-cols-6">
      <SelectField
        name="userId"
        label={t("activity.who")}
        options={[
          ["", t("activity.who.any")],
          ...people.map(({ id, name }) => [String(id), name] as const),
          ["0", t("activity.who.none")],
        ]}
        defaultValue={value("userId")}
        className="min-w-0"
      />
      <SelectField
        name="action"
        label={t("activity.what")}
        options={[
          ["", t("activity.what.any")],
          ...kinds.map((kind) => [kind, t("activity.what.all", { kind })] as const),
          ...actions.map((action) => [action, actionText(t, action)] as const),
        ]}
        defaultValue={value("action")}
        className="min-w-0"
      />
      <Field name="from" type="date" label={t("activity.from")} defaultValue={value("from")} className="min-w-0" />
      <Field name="to" type="date" label={t("activity.to")} defaultValue={value("to")} className="min-w-0" />
      <Field
        name="text"
        type="search"
        maxLength={200}
        label={t("activity.text")}
        defaultValue={value("text")}
        className="min-w-0"
      />
      <Button className="min-h-[44px]">{t("users.filter")}</Button>
      {wrong && (
        <p role="alert" className="col-span-full font-medium text-danger">
          {wrong}
        </p>
      )}
    </Form>
  );
}
