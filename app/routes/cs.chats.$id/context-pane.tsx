import { Link } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import X from "lucide-react/icons/x";
import { memo, useEffect, useRef, type ReactNode } from "react";
import type { ChatSummary, Message } from "~/chat/shapes";
import type { VisitorFacts } from "~/chat/visitor-facts.server";
import { Avatar } from "~/components/avatar";
import { ChatFileList } from "~/components/chat-file-list";
import { buttonClass } from "~/components/button";
import { Elapsed, stopwatch } from "~/components/elapsed";
import { Day, Time } from "~/components/time";
import type { ChatFile } from "~/files/chat-files";
import { useStaffText } from "~/messages/staff-text";
import { useMe } from "~/routes/cs/workspace-context";
import { BlockButton } from "./block-button";
import { browserName } from "./browser-name";
import { Labels } from "./labels";
import { EarlierChats, LocalTime } from "./visitor-details";
import { pagePath, safePage } from "./page-path";

interface Props {
  chat: ChatSummary;
  name: string;
  messages: readonly Message[];
  visitor: VisitorFacts;
  /** Newest first. */
  files: readonly ChatFile[];
}

/**
 * Who it is. Beside the conversation where there is room; else a popover that stays open while one writes, and on a
 * phone a screen of its own.
 */
export const ContextPane = memo(function ContextPane({ chat, name, messages, visitor, files }: Props) {
  const t = useStaffText();
  const me = useMe();
  const pane = useRef<HTMLElement>(null);
  // Whoever reads along in a colleague's chat changes nothing in it.
  const mayAct = chat.status === "waiting" || chat.csId === me.userId || me.role === "admin";
  useClosing(pane);
  return (
    <section
      ref={pane}
      id="about"
      popover="manual"
      aria-label={t("about.label")}
      className="inset-y-0 end-0 start-auto m-0 h-[100dvh] max-h-none w-full max-w-none flex-col border-line bg-surface text-sm text-text sm:w-80 sm:border-s xl:static xl:flex xl:h-auto xl:w-72 xl:shrink-0 [&:popover-open]:flex"
    >
      <div className="flex min-h-[57px] items-center border-b border-line px-3 py-2 xl:hidden">
        <button
          type="button"
          popoverTarget="about"
          popoverTargetAction="hide"
          title={t("chat.details.close")}
          aria-label={t("chat.details.close")}
          className={buttonClass({ look: "quiet", icon: true, size: "sm" })}
        >
          <ChevronLeft size={20} aria-hidden="true" className="sm:hidden" />
          <X size={18} aria-hidden="true" className="max-sm:hidden" />
        </button>
        <span className="ps-2 font-semibold">{t("chat.details")}</span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">
        <div className="flex items-center gap-3">
          <Avatar name={chat.customerName} size="lg" />
          <div className="min-w-0">
            <p className="break-anywhere line-clamp-2 font-semibold">{name}</p>
            <Email chat={chat} />
          </div>
        </div>
        <Visit chat={chat} timeZone={visitor.timeZone} />
        <h2 className="mb-2 mt-6 text-xs font-semibold text-text-muted">{t("labels.title")}</h2>
        <Labels labels={visitor.labels} known={visitor.knownLabels} readOnly={!mayAct} />
        <ChatFileList files={files} heading="mb-1 mt-6 text-xs font-semibold text-text-muted" />
        <ChatFacts chat={chat} messages={messages} />
        <h2 className="mb-2 mt-6 text-xs font-semibold text-text-muted">{t("about.earlier")}</h2>
        <EarlierChats chats={visitor.earlier} />
        {me.role === "admin" && (
          <Link
            to={`/admin/chats/${chat.id}/customer`}
            className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 mt-3`}
          >
            {t("customer.link")}
          </Link>
        )}
        {mayAct && chat.endedAt === null && (
          <div className="mt-6 border-t border-line pt-3">
            <BlockButton name={name} />
          </div>
        )}
      </div>
    </section>
  );
});

function Email({ chat }: { chat: ChatSummary }) {
  const t = useStaffText();
  if (!chat.customerEmail) return <p className="text-xs text-text-muted">{t("about.email.none")}</p>;
  return (
    <p className="break-anywhere text-xs text-text-muted">
      {chat.customerEmail} <span className="whitespace-nowrap">({t("about.email.unverified")})</span>
    </p>
  );
}

function Visit({ chat, timeZone }: { chat: ChatSummary; timeZone: string | null }) {
  const t = useStaffText();
  const page = safePage(chat.sourceUrl);
  return (
    <Facts title={t("about.visit")}>
      <Fact name={t("about.page")}>
        {page ? (
          <a
            href={page.href}
            title={page.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="break-anywhere line-clamp-3 underline underline-offset-2 hover:no-underline"
          >
            {pagePath(chat.sourceUrl)}
          </a>
        ) : (
          t("about.unknown")
        )}
      </Fact>
      {timeZone && (
        <Fact name={t("about.localTime")}>
          <LocalTime timeZone={timeZone} />
        </Fact>
      )}
      <Fact name={t("about.browser")}>{browserName(chat.userAgent) ?? t("about.unknown")}</Fact>
    </Facts>
  );
}

function ChatFacts({ chat, messages }: Pick<Props, "chat" | "messages">) {
  const t = useStaffText();
  const me = useMe();
  const assignedAt = messages.find(({ event }) => event?.kind === "assigned")?.createdAt;
  return (
    <Facts title={t("about.chat")}>
      {chat.status === "waiting" ? (
        <Fact name={t("about.waiting")}>
          <Elapsed since={chat.queuedAt} className="font-medium text-waiting" />
        </Fact>
      ) : (
        assignedAt && (
          <Fact name={t("about.waited")}>{stopwatch(Date.parse(assignedAt) - Date.parse(chat.createdAt))}</Fact>
        )
      )}
      <Fact name={t("about.started")}>
        <Moment iso={chat.createdAt} />
      </Fact>
      {chat.endedAt && (
        <Fact name={t("about.ended")}>
          <Moment iso={chat.endedAt} />
        </Fact>
      )}
      {chat.csName && chat.csId !== me.userId && <Fact name={t("about.agent")}>{chat.csName}</Fact>}
      {chat.rating !== null && <Fact name={t("about.rating")}>{t("about.rating.value", { rating: chat.rating })}</Fact>}
      <Fact name={t("about.id")}>
        <code title={chat.id} className="block select-all truncate font-sans text-text-muted">
          {chat.id}
        </code>
      </Fact>
    </Facts>
  );
}

function Moment({ iso }: { iso: string }) {
  return (
    <>
      <Day iso={iso} />, <Time iso={iso} />
    </>
  );
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h2 className="mb-2 mt-6 text-xs font-semibold text-text-muted">{title}</h2>
      <dl className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">{children}</dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

const WIDE = "(min-width: 1280px)";

/** Escape closes it; and where there is room for it beside the conversation, nothing needs to be open. */
function useClosing(pane: { current: HTMLElement | null }) {
  useEffect(() => {
    const close = () => pane.current?.matches(":popover-open") && pane.current.hidePopover();
    const onKey = (event: KeyboardEvent) => {
      // A picture that is looked at closes first.
      const within = pane.current?.querySelector("dialog[open]");
      if (event.key === "Escape" && !event.defaultPrevented && !within) close();
    };
    const wide = matchMedia(WIDE);
    const onWide = () => wide.matches && close();
    document.addEventListener("keydown", onKey);
    wide.addEventListener("change", onWide);
    return () => {
      document.removeEventListener("keydown", onKey);
      wide.removeEventListener("change", onWide);
    };
  }, [pane]);
}
