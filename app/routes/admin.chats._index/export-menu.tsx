import Download from "lucide-react/icons/download";
import type { MouseEvent } from "react";
import { Button, buttonClass } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import { useExport } from "./use-export";

/** What is on the list, as a file; the browser fetches it by itself where there are no scripts. */
export function ExportMenu({ filter }: { filter: Record<string, string> }) {
  const t = useStaffText();
  const { state, start, cancel } = useExport();
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString();
  const begin = (name: string) => (event: MouseEvent) => {
    event.preventDefault();
    void start(`/admin/${name}?${query}`, name);
  };
  if (state?.running) {
    return (
      <div className="flex items-center gap-3">
        <progress
          aria-label={t("found.exporting")}
          max={state.total ?? undefined}
          value={state.total ? state.done : undefined}
          className="h-2 w-32 accent-[var(--accent)]"
        />
        <p role="status" className="tabular-nums text-text-muted">
          {state.total === null ? t("found.exporting") : t("found.exported", { done: state.done, total: state.total })}
        </p>
        <Button type="button" size="sm" onClick={cancel}>
          {t("found.cancel")}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex items-center gap-2">
      {state?.failed && (
        <p role="alert" className="font-medium text-danger">
          {t("found.exportFailed")}
        </p>
      )}
      {(["csv", "json"] as const).map((kind) => (
        <a
          key={kind}
          href={`/admin/chats.${kind}?${query}`}
          download
          onClick={begin(`chats.${kind}`)}
          className={buttonClass({ size: "sm" })}
        >
          <Download size={16} aria-hidden="true" />
          {kind.toUpperCase()}
        </a>
      ))}
    </div>
  );
}
