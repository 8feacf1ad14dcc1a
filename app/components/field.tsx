import { useId, type ComponentProps, type ReactNode } from "react";

interface Frame {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
}

/** A labelled input; hint and error are read out with it. Everything else goes to the input. */
export function Field({ label, hint, error, className, ...input }: Frame & ComponentProps<"input">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <input
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        {...describedBy(id, hint, error)}
        {...input}
      />
    </FieldFrame>
  );
}

export function TextField({ label, hint, error, className, ...area }: Frame & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={className}>
      <textarea
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        {...describedBy(id, hint, error)}
        {...area}
      />
    </FieldFrame>
  );
}

/** Label, hint and error around any control that has `id`; pair it with `describedBy`. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  className = "",
  children,
}: Frame & { id: string; className?: string; children: ReactNode }) {
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm font-medium text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

export function describedBy(id: string, hint: ReactNode, error: string | undefined) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return ids ? { "aria-describedby": ids } : {};
}
