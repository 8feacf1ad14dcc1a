import { useText } from "~/messages/text";

/**
 * Without scripts: the conversation in a frame that renews itself, so that renewing never touches what is being written
 * in the page around it. The stylesheet hides the log that stands still.
 */
export function NoScriptLog({ title }: { title: string }) {
  return (
    <noscript>
      <link rel="stylesheet" href="/no-script.css" />
      <iframe src="/chat/log" title={title} className="no-script-log" />
    </noscript>
  );
}

export function NoScriptRefresh() {
  const t = useText();
  return (
    <noscript>
      <button
        name="intent"
        value="refresh"
        formNoValidate
        title={t("chat.noScript")}
        className="inline-flex min-h-[36px] items-center rounded px-3 text-sm font-medium text-text-muted hover:bg-surface-2 hover:text-text"
      >
        {t("chat.refresh")}
      </button>
    </noscript>
  );
}
