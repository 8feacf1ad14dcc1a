import { Form, Link, useNavigation } from "@remix-run/react";
import Search from "lucide-react/icons/search";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import type { ReactNode } from "react";
import { Button, buttonClass } from "~/components/button";
import { Field, FieldFrame } from "~/components/field";
import { useStaffText } from "~/messages/staff-text";

interface Props {
  /** As the address has it. */
  asked: Record<string, string>;
  agents: { id: number; name: string }[];
  labels: { id: number; name: string }[];
  errors: Record<string, string>;
}

/** Words in sight, the rest one click away; open where something of it is in force. */
export function FilterForm({ asked, agents, labels, errors }: Props) {
  const t = useStaffText();
  const busy = useNavigation().state === "loading";
  const { q, ...others } = asked;
  const count = Object.values(others).filter(Boolean).length;
  const state = JSON.stringify(asked);
  const select = (name: string, label: string, options: [string | number, string][]) => (
    <Choice name={name} label={label} value={asked[name]} error={errors[name]}>
      <option value="">{t("found.any")}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </Choice>
  );
  const input = (name: string) => ({ name, defaultValue: asked[name] ?? "", error: errors[name] });
  return (
    <Form role="search" key={state} className="mb-4">
      <div className="flex gap-2">
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={200}
          aria-label={t("found.words")}
          placeholder={t("found.words")}
          aria-describedby="words-hint"
          aria-invalid={errors.q ? true : undefined}
          className="input min-w-0 flex-1"
        />
        <Button look="primary" className="min-h-[44px]" aria-disabled={busy}>
          <Search size={16} aria-hidden="true" />
          {t("found.search")}
        </Button>
      </div>
      <p id="words-hint" className={`mt-1.5 text-xs ${errors.q ? "text-danger" : "text-text-muted"}`}>
        {errors.q ?? t("found.words.hint")}
      </p>
      <details className="mt-2" open={count > 0}>
        <summary className={`${buttonClass({ size: "sm", look: "quiet" })} -ms-3 cursor-pointer list-none`}>
          <SlidersHorizontal size={16} aria-hidden="true" />
          {count > 0 ? t("found.filters.some", { count }) : t("found.filters")}
        </summary>
        <div className="mt-2 grid gap-4 rounded-lg border border-line bg-surface p-4 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-5">
          <Field label={t("found.customer")} maxLength={100} autoComplete="off" {...input("customer")} />
          <Field label={t("found.from")} type="date" {...input("from")} />
          <Field label={t("found.to")} type="date" {...input("to")} />
          {select("agent", t("found.agent"), [
            ["0", t("found.agent.nobody")],
            ...agents.map(({ id, name }): [number, string] => [id, name]),
          ])}
          {select(
            "status",
            t("found.status"),
            (["waiting", "active", "resolved", "abandoned"] as const).map((one) => [one, t(`found.status.${one}`)]),
          )}
          {select("rating", t("found.rating"), [
            ["any", t("found.rating.any")],
            ["none", t("found.rating.none")],
            ...["5", "4", "3", "2", "1"].map((stars): [string, string] => [stars, t("found.stars", { stars })]),
          ])}
          {select(
            "label",
            t("found.label"),
            labels.map(({ id, name }) => [id, name]),
          )}
          {select("file", t("found.file"), [
            ["yes", t("found.file.yes")],
            ["no", t("found.file.no")],
          ])}
          <Field label={t("found.waited")} inputMode="numeric" autoComplete="off" {...input("waited")} />
          <div className="flex items-end gap-2">
            <Button className="min-h-[44px] flex-1">{t("found.apply")}</Button>
            <Link to="/admin/chats" className={`${buttonClass({ look: "quiet" })} min-h-[44px]`}>
              {t("found.clear")}
            </Link>
          </div>
        </div>
      </details>
    </Form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string | undefined;
  error: string | undefined;
  children: ReactNode;
}

function Choice({ name, label, value, error, children }: ChoiceProps) {
  const id = `filter-${name}`;
  return (
    <FieldFrame id={id} label={label} error={error}>
      <select
        id={id}
        name={name}
        defaultValue={value ?? ""}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        className="input"
      >
        {children}
      </select>
    </FieldFrame>
  );
}
