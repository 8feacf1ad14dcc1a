import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useStaffText } from "~/messages/staff-text";
import { LISTS, listSearch, useListName } from "./list-name";
import { useMe, useWorkspace } from "./workspace-context";

interface Props {
  openChat: string | undefined;
  /** In the frame that refreshes without scripts, links lead out of it. */
  framed?: boolean;
  className?: string;
}

/** The lists with their counts, and how full the agent is. */
export function ListTabs({ openChat, framed, className = "" }: Props) {
  const t = useStaffText();
  const held = useWorkspace(({ mine }) => mine.length);
  const waiting = useWorkspace(({ queue, waiting = queue.length }) => waiting);
  const activeChats = useWorkspace((now) => now.activeChats);
  const maxChats = useWorkspace((now) => now.maxChats);
  const { seesAll } = useMe();
  const open = useListName();
  const page = openChat ? `/cs/chats/${openChat}` : "/cs";
  const load = t("status.load", { active: activeChats, max: maxChats });
  const counts = {
    mine: String(held),
    queue: String(waiting),
    all: null,
    team: null,
  };
  return (
    <div className={`flex items-center gap-0.5 border-b border-line px-3 py-2.5 ${className}`}>
      {LISTS.filter((name) => name !== "all" || seesAll).map((name) => (
        <Tab key={name} to={page + listSearch(name)} framed={framed} current={open === name}>
          {t(`list.${name}`)}
          {counts[name] !== null && (
            <span
              className={`tabular-nums ${
                name === "queue" && waiting > 0 ? "rounded-full bg-waiting-soft px-1.5 text-waiting" : ""
              }`}
            >
              {counts[name]}
            </span>
          )}
        </Tab>
      ))}
      <span title={load} className="min-w-0 flex-1 truncate ps-1 text-end text-xs tabular-nums text-text-muted">
        <span className={seesAll ? "sr-only" : "md:max-xl:sr-only"}>{load}</span>
        <span aria-hidden="true" className={seesAll ? "" : "hidden md:max-xl:inline"}>
          {t("board.load.value", { active: activeChats, max: maxChats })}
        </span>
      </span>
    </div>
  );
}

function Tab({
  to,
  current,
  framed,
  children,
}: {
  to: string;
  current: boolean;
  framed?: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      to={to}
      target={framed ? "_top" : undefined}
      aria-current={current ? "true" : undefined}
      className={`flex min-h-[28px] items-center gap-1.5 rounded px-2 font-medium transition-colors duration-150 ${
        current ? "bg-surface-2 text-text" : "text-text-muted hover:text-text"
      }`}
    >
      {children}
    </Link>
  );
}
