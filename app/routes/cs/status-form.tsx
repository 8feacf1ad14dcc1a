import { useLocation } from "@remix-run/react";
import { useState, type FormEvent, type ReactNode } from "react";
import { FormToken } from "~/auth/form-token";
import type { AgentStatus } from "~/chat/shapes";
import { useNotice } from "./notice";
import { whenConnected } from "./when-connected";
import { useLiveWorkspace, useWorkspace } from "./workspace-context";

export const STATUSES: AgentStatus[] = ["online", "busy", "offline"];

/** Around buttons named `status`. What was pressed shows at once, and goes back when it is refused. */
export function StatusForm({ children }: { children(status: AgentStatus): ReactNode }) {
  const status = useWorkspace((now) => now.status);
  const live = useLiveWorkspace();
  const { refused } = useNotice();
  const { pathname, search } = useLocation();
  const [asked, setAsked] = useState<AgentStatus | null>(null);

  const onSubmit = (event: FormEvent) => {
    if (!live) return;
    event.preventDefault();
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const chosen = STATUSES.find((name) => name === button?.value);
    if (!chosen) return;
    setAsked(chosen);
    whenConnected(live)
      .then(() => live.setStatus(chosen))
      .catch(refused)
      .finally(() => setAsked((newest) => (newest === chosen ? null : newest)));
  };

  return (
    <form method="post" action="/cs" onSubmit={onSubmit}>
      <FormToken />
      <input type="hidden" name="redirectTo" value={pathname + search} />
      {children(asked ?? status)}
    </form>
  );
}
