import { Link, useSearchParams } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import PanelRight from "lucide-react/icons/panel-right";
import Search from "lucide-react/icons/search";
import type { ChatSummary } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { Button, buttonClass } from "~/components/button";
import { customerName } from "~/components/customer-name";
import { Elapsed } from "~/components/elapsed";
import { useStaffText } from "~/messages/staff-text";
import { ChatForm } from "~/routes/cs/chat-form";
import { listSearch, useListName } from "~/routes/cs/list-name";
import { useMe } from "~/routes/cs/workspace-context";
import { pagePath } from "./page-path";
import { ResolveButton } from "./resolve-button";
import { isSearching, useSearchLinks } from "./search";
import { TransferButton } from "./transfer-button";

/** Who it is, where they are, and the one thing to do with the chat. */
export function ChatHeader({ chat, present }: { chat: ChatSummary; present: boolean }) {
  const t = useStaffText();
  const list = useListName();
  const name = customerName(chat, t);
  const links = useSearchLinks("");
  const searching = isSearching(useSearchParams()[0]);
  return (
    <header className="flex min-h-[57px] items-center gap-2 border-b border-line bg-surface px-3 py-2 md:px-4">
      <Link
        to={`/cs${listSearch(list)}`}
        aria-label={t("list.back")}
        title={t("list.back")}
        className={`${buttonClass({ look: "quiet", icon: true })} -ms-2 md:!hidden`}
      >
        <ChevronLeft size={20} aria-hidden="true" />
      </Link>
      <span className="max-[424px]:hidden">
        <Avatar name={chat.customerName} />
      </span>
      <div className="min-w-0 flex-1 ps-1">
        <h1 id="chat" dir="auto" className="as-around truncate text-[0.9375rem] font-semibold leading-snug">
          {name}
        </h1>
        <p className="truncate text-xs text-text-muted">
          <State chat={chat} present={present} />
        </p>
      </div>
      <Link
        to={searching ? links.closed : links.open}
        aria-label={t("find.label")}
        title={t("find.label")}
        className={buttonClass({ look: "quiet", size: "sm", icon: true })}
      >
        <Search size={17} aria-hidden="true" />
      </Link>
      <button
        type="button"
        popoverTarget="about"
        title={t("chat.details")}
        aria-label={t("chat.details")}
        className={`${buttonClass({ look: "quiet", size: "sm", icon: true })} xl:!hidden`}
      >
        <PanelRight size={18} aria-hidden="true" />
      </button>
      <Act chat={chat} name={name} />
    </header>
  );
}

function Act({ chat, name }: { chat: ChatSummary; name: string }) {
  const t = useStaffText();
  const me = useMe();
  if (chat.status === "waiting") {
    return (
      <ChatForm chatId={chat.id} intent="accept">
        {(busy) => (
          <Button look="primary" size="sm" disabled={busy}>
            {t("chat.accept")}
          </Button>
        )}
      </ChatForm>
    );
  }
  const mayResolve = chat.status === "active" && (chat.csId === me.userId || me.role === "admin");
  if (!mayResolve) return null;
  return (
    <>
      <TransferButton chat={chat} />
      <ResolveButton chat={chat} name={name} />
    </>
  );
}

/** "in the queue 2:14 · from /orders/8841" */
function State({ chat, present }: { chat: ChatSummary; present: boolean }) {
  const t = useStaffText();
  const me = useMe();
  const page = pagePath(chat.sourceUrl);
  const waiting = chat.status === "waiting";
  const since = waiting ? chat.queuedAt : chat.waitingSince;
  return (
    <>
      {chat.endedAt !== null && t("chat.state.ended")}
      {since && (
        <span className="font-medium text-waiting">
          {waiting ? t("chat.state.waiting") : <Waits />} <Elapsed since={since} />
        </span>
      )}
      {!since && chat.status === "active" && holder(chat, me.userId, t)}
      {!present && chat.status === "active" && ` · ${t("chat.left")}`}
      {page && ` · ${t("chat.from", { page })}`}
    </>
  );
}

function Waits() {
  const t = useStaffText();
  return (
    <>
      {t("list.waits")}
      <span className="sr-only">{t("list.waits.rest")}</span>
    </>
  );
}

function holder(chat: ChatSummary, me: number, t: ReturnType<typeof useStaffText>) {
  return chat.csId === me ? t("chat.state.mine") : t("chat.state.colleague", { name: chat.csName ?? "?" });
}
