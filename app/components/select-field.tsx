import { useId, type ComponentProps, type ReactNode } from "react";
import { describedBy, FieldFrame } from "./field";

interface Props extends ComponentProps<"select"> {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  options: readonly (readonly [value: string, label: string])[];
}

/** One of a few. */
export function SelectField({ label, hint, error, options, className, ...select }: Props) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <select
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        {...describedBy(id, hint, error)}
        {...select}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
