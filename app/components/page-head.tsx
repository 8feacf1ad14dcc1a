import type { ReactNode } from "react";

/** The top of an admin's page: what it is, what it is for, and what can be done here. */
export function PageHead({ title, intro, children }: { title: string; intro?: ReactNode; children?: ReactNode }) {
  return (
    <div className="mb-5 flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="break-anywhere text-xl font-semibold tracking-tight">{title}</h1>
        {intro && <p className="mt-1 max-w-prose text-text-muted">{intro}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
