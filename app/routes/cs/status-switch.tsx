import { useFetcher, useLocation } from "@remix-run/react";
import type { FormEvent } from "react";
import { FormToken } from "~/auth/form-token";
import type { AgentStatus } from "~/chat/shapes";
import { StatusDot } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { useWorkspace, useWorkspaceActions } from "./workspace-context";

const STATUSES: AgentStatus[] = ["online", "busy", "offline"];

/** Three buttons of one form: one press, no menu. */
export function StatusSwitch() {
  const t = useStaffText();
  const { presence } = useWorkspace();
  const { setStatus } = useWorkspaceActions();
  const { pathname, search } = useLocation();
  const fetcher = useFetcher();
  const pressed = fetcher.formData?.get("status");
  const status = STATUSES.find((name) => name === pressed) ?? presence.status;

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const chosen = STATUSES.find((name) => name === button?.value);
    if (chosen && setStatus(chosen)) event.preventDefault();
  };

  return (
    <fetcher.Form method="post" action="/cs" onSubmit={onSubmit}>
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
    </fetcher.Form>
  );
}
