import CloudOff from "lucide-react/icons/cloud-off";
import { useLocation } from "@remix-run/react";
import type { ChatSummary } from "~/chat/shapes";
import { useStays } from "~/components/use-stays";
import { useStaffText } from "~/messages/staff-text";
import { AwayNotice } from "./away-notice";
import { ChatList } from "./chat-list";
import { useListName } from "./list-name";
import { ListTabs } from "./list-tabs";
import { NotifyOffer } from "./notify-offer";
import { StatusSwitch } from "./status-switch";
import { useWorkspace } from "./workspace-context";

const PATIENCE_MS = 3_000;

/** Status, the three lists and the open one. */
export function ListPane({
  openChat: id,
  all,
  className,
}: {
  openChat: string | undefined;
  all: ChatSummary[] | null;
  className: string;
}) {
  const t = useStaffText();
  const list = useListName();
  // An open chat is what its page is about; on a phone it is all there is of it.
  const Heading = useLocation().pathname.replace(/\/$/, "") === "/cs" ? "h1" : "h2";
  const frame = `/cs/frame/list?list=${list}${id ? `&chat=${id}` : ""}`;
  return (
    <section
      aria-labelledby="lists"
      className={`min-h-0 min-w-0 flex-col border-line bg-surface md:border-e ${className}`}
    >
      <Heading id="lists" className="sr-only">
        {t("list.label")}
      </Heading>
      <div className="p-3 pb-0">
        <StatusSwitch />
      </div>
      <AwayNotice />
      <NotifyOffer />
      <ListTabs className="log-live" openChat={id} />
      <LiveNotice />
      <div className="log-live min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <ChatList list={list} all={all} openChat={id} />
      </div>
      <noscript>
        <link rel="stylesheet" href="/no-script.css" />
        <iframe title={t("list.label")} src={frame} className="no-script-log" />
      </noscript>
    </section>
  );
}

function LiveNotice() {
  const t = useStaffText();
  const connection = useWorkspace((now) => now.connection);
  const lost = useStays(connection !== "live" && connection !== "polling", PATIENCE_MS);
  return (
    <div role="status">
      {lost && (
        <p className="appear flex items-center gap-2 border-b border-line bg-surface-2 px-4 py-2 text-xs text-text-muted">
          <CloudOff size={14} aria-hidden="true" className="shrink-0" />
          {t("live.connecting")}
        </p>
      )}
    </div>
  );
}
