import { Link } from "@remix-run/react";
import { memo, type ReactNode } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { customerName } from "~/components/customer-name";
import { Ago, Elapsed } from "~/components/elapsed";
import { Pill } from "~/components/pill";
import { useStaffText } from "~/messages/staff-text";
import { listSearch, type ListName } from "./list-name";

interface Props {
  chat: ChatSummary;
  list: ListName;
  current: boolean;
  typing?: boolean;
  /** The customer closed the page. */
  gone?: boolean;
  /** In the frame that refreshes without scripts, links lead out of it. */
  framed?: boolean;
  /** Beside the link, never inside it. */
  action?: ReactNode;
}

/** One chat of a list. Memoised: the store hands out the same object until that chat changes. */
export const ChatRow = memo(function ChatRow({ chat, list, current, typing, gone, framed, action }: Props) {
  const t = useStaffText();
  const name = customerName(chat, t);
  // In the queue nothing is read yet, and everybody waits; what a colleague has read is theirs to know.
  const unread = list === "mine" ? chat.unread : 0;
  return (
    <li
      className={`relative flex items-center border-s-[3px] transition-colors duration-150 [contain-intrinsic-size:auto_64px] [content-visibility:auto] ${
        current ? "border-accent bg-accent-soft" : "border-transparent hover:bg-surface-2"
      }`}
    >
      <Link
        to={`/cs/chats/${chat.id}${listSearch(list)}`}
        target={framed ? "_top" : undefined}
        aria-current={current ? "page" : undefined}
        className="flex min-w-0 flex-1 items-center gap-3 py-2.5 pe-4 ps-[13px] -outline-offset-2"
      >
        <span className={`rounded-full ${current ? "ring-2 ring-surface" : ""}`}>
          <Avatar name={chat.customerName} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span
              dir="auto"
              className={`as-around min-w-0 flex-1 truncate ${unread > 0 ? "font-semibold" : "font-medium"}`}
            >
              {name}
            </span>
            {chat.returned && list === "queue" && <Pill tone="accent">{t("list.returned")}</Pill>}
            <When chat={chat} short={list === "queue"} />
          </span>
          <span className="mt-0.5 flex items-center gap-2">
            <span
              dir="auto"
              className={`as-around min-w-0 flex-1 truncate ${unread > 0 ? "text-text" : "text-text-muted"}`}
            >
              {list === "all" && (
                <span className="text-text-muted">{chat.status === "waiting" ? t("list.queue") : chat.csName} · </span>
              )}
              {typing ? <span className="text-accent-strong">{t("list.typing")}</span> : preview(chat, t, list)}
            </span>
            {gone && !typing && <span className="shrink-0 text-xs text-text-muted">{t("list.gone")}</span>}
            {unread > 0 && (
              <Pill tone="count" className="!px-1.5">
                <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
                <span className="sr-only">{t("list.unread", { count: unread })}</span>
              </Pill>
            )}
          </span>
        </span>
      </Link>
      {action}
    </li>
  );
});

// Amber, and only for this: somebody waits for us.
function When({ chat, short }: { chat: ChatSummary; short: boolean }) {
  const t = useStaffText();
  const since = chat.status === "waiting" ? chat.queuedAt : chat.waitingSince;
  if (!since) return <Ago iso={chat.lastMessageAt} justNow={t("time.now")} className="text-xs text-text-muted" />;
  return (
    <Pill tone="waiting" className="!gap-1">
      <span className={short ? "sr-only" : ""}>
        {t("list.waits")}
        <span className="sr-only">{t("list.waits.rest")}</span>
      </span>
      <Elapsed since={since} />
    </Pill>
  );
}

function preview({ preview }: ChatSummary, t: ReturnType<typeof useStaffText>, list: ListName) {
  if (!preview) return t("list.noText");
  const text = preview.content.replace(/\s+/g, " ");
  return preview.senderType === "cs" && list !== "all" ? t("list.you", { text }) : text;
}
