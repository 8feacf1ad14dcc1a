import { Link, useLocation, useParams } from "@remix-run/react";
import CloudOff from "lucide-react/icons/cloud-off";
import type { ReactNode } from "react";
import { useStays } from "~/components/use-stays";
import { useStaffText } from "~/messages/staff-text";
import { ChatList } from "./chat-list";
import { LISTS, listSearch, useListName } from "./list-name";
import { StatusSwitch } from "./status-switch";
import { useWorkspace } from "./workspace-context";

const PATIENCE_MS = 3_000;

/** Status, the three lists and the open one. */
export function ListPane({ className }: { className: string }) {
  const t = useStaffText();
  const { id } = useParams();
  const list = useListName();
  // An open chat is what its page is about; on a phone it is all there is of it.
  const Heading = id ? "h2" : "h1";
  const frame = `/cs/frame/list?list=${list}${id ? `&chat=${id}` : ""}`;
  return (
    <section
      aria-labelledby="lists"
      className={`min-h-0 min-w-0 flex-col border-line bg-surface md:border-e ${className}`}
    >
      <Heading id="lists" className="sr-only">
        {t("list.label")}
      </Heading>
      <div className="flex flex-col gap-2.5 border-b border-line p-3">
        <StatusSwitch />
        <Tabs />
      </div>
      <LiveNotice />
      <div className="log-live min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <ChatList list={list} openChat={id} />
      </div>
      <noscript>
        <link rel="stylesheet" href="/no-script.css" />
        <iframe title={t("list.label")} src={frame} className="no-script-log" />
      </noscript>
    </section>
  );
}

function Tabs() {
  const t = useStaffText();
  const { mine, queue, activeChats, maxChats } = useWorkspace();
  const open = useListName();
  const { pathname } = useLocation();
  const load = t("status.load", { active: activeChats, max: maxChats });
  const counts = { mine: mine.length, queue: queue.length, team: null };
  return (
    <div className="flex items-center gap-0.5">
      {LISTS.map((name) => (
        <Tab key={name} to={pathname + listSearch(name)} current={open === name}>
          {t(`list.${name}`)}
          {counts[name] !== null && (
            <span
              className={`tabular-nums ${
                name === "queue" && queue.length > 0 ? "rounded-full bg-waiting-soft px-1.5 text-waiting" : ""
              }`}
            >
              {counts[name]}
            </span>
          )}
        </Tab>
      ))}
      <span title={load} className="min-w-0 flex-1 truncate ps-1 text-end text-xs tabular-nums text-text-muted">
        {load}
      </span>
    </div>
  );
}

function Tab({ to, current, children }: { to: string; current: boolean; children: ReactNode }) {
  return (
    <Link
      to={to}
      aria-current={current ? "true" : undefined}
      className={`flex min-h-[28px] items-center gap-1.5 rounded px-2 font-medium transition-colors duration-150 ${
        current ? "bg-surface-2 text-text" : "text-text-muted hover:text-text"
      }`}
    >
      {children}
    </Link>
  );
}

function LiveNotice() {
  const t = useStaffText();
  const { connection } = useWorkspace();
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
