import type { CannedResponse } from "~/chat/shapes";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { CannedForm } from "./canned-form";

interface Props {
  response: CannedResponse;
  editable?: boolean;
  refusal?: RefusalView;
}

/** One reply; opened, it can be changed by whoever owns it, and is read in full by the others. */
export function CannedEntry({ response, editable, refusal }: Props) {
  const t = useStaffText();
  const { title, shortcut, content, used } = response;
  return (
    <li>
      <details open={refusal !== undefined} className="rounded-lg border border-line bg-surface">
        <summary className="flex min-h-[44px] cursor-pointer items-center gap-3 px-4 py-2">
          <span className="min-w-0 flex-1">
            <span className="flex items-baseline gap-2">
              <span className="truncate font-medium">{title}</span>
              <span className="shrink-0 text-xs text-text-muted">/{shortcut}</span>
            </span>
            <span className="block truncate text-text-muted">{content}</span>
          </span>
          <span className="shrink-0 text-xs tabular-nums text-text-muted">{t("canned.used", { count: used })}</span>
        </summary>
        {editable ? (
          <CannedForm intent="update" response={response} refusal={refusal} />
        ) : (
          <p className="break-anywhere whitespace-pre-wrap border-t border-line p-4">{content}</p>
        )}
      </details>
    </li>
  );
}
