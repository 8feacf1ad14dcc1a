import { useLocation } from "@remix-run/react";
import { useState, type FormEvent } from "react";
import { FormToken } from "~/auth/form-token";
import type { AgentStatus } from "~/chat/shapes";
import { StatusDot } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { useNotice } from "./notice";
import { useLiveWorkspace, useWorkspace } from "./workspace-context";

const STATUSES: AgentStatus[] = ["online", "busy", "offline"];

/** Three buttons of one form: one press, no menu. */
export function StatusSwitch() {
  const t = useStaffText();
  const workspace = useWorkspace();
  const live = useLiveWorkspace();
  const { refused } = useNotice();
  const [asked, setAsked] = useState<AgentStatus | null>(null);
  const { pathname, search } = useLocation();
  const status = asked ?? workspace.status;

  const onSubmit = (event: FormEvent) => {
    if (!live) return;
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const chosen = STATUSES.find((name) => name === button?.value);
    if (!chosen) return;
    setAsked(chosen);
    live
      .setStatus(chosen)
      .catch(refused)
      .finally(() => setAsked(null));
  };

  return (
    <form method="post" action="/cs" onSubmit={onSubmit}>
      <FormToken />
      <input type="hidden" name="intent" value="status" />
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <fieldset className="grid grid-cols-3 gap-0.5 rounded bg-surface-2 p-0.5">
        <legend className="sr-only">{t("status.label")}</legend>
        {STATUSES.map((name) => (
          <button
            key={name}
            name="status"
            value={name}
            aria-pressed={status === name}
            className="flex min-h-[30px] items-center justify-center gap-1.5 rounded-[6px] px-2 font-medium text-text-muted transition-colors duration-150 hover:text-text aria-pressed:bg-surface aria-pressed:text-text aria-pressed:shadow-sm"
          >
            <StatusDot status={name} className="scale-90" />
            {t(`status.${name}`)}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
