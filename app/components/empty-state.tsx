import type { ReactNode } from "react";

/** Nothing here yet: what would be here, and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && (
        <span
          aria-hidden="true"
          className="mb-2 grid h-12 w-12 place-items-center rounded-full bg-surface-2 text-text-muted"
        >
          {icon}
        </span>
      )}
      <p className="font-semibold">{title}</p>
      {children && <div className="text-sm text-text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
