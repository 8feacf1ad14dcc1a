import { Link } from "@remix-run/react";
import type { ChatSummary } from "~/chat/shapes";
import type { VisitorFacts } from "~/chat/visitor-facts.server";
import { useTicking } from "~/components/clock";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";
import { useLocale } from "~/messages/text";
import { useMe } from "~/routes/cs/workspace-context";

/** The customer's clock: whether it is a decent hour to say "I call you". */
export function LocalTime({ timeZone }: { timeZone: string }) {
  const locale = useLocale();
  const text = useTicking((now) => clockIn(timeZone, now, locale));
  return (
    <>
      {text} <span className="text-text-muted">{timeZone.replaceAll("_", " ")}</span>
    </>
  );
}

/** What a browser claims as its zone may not exist here. */
export function clockIn(timeZone: string, now: number, locale: string): string {
  try {
    return new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone }).format(now);
  } catch {
    return "";
  }
}

export function EarlierChats({ chats }: { chats: VisitorFacts["earlier"] }) {
  const t = useStaffText();
  if (chats.length === 0) return <p className="text-text-muted">{t("about.earlier.none")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {chats.map((chat) => (
        <EarlierChat key={chat.id} chat={chat} />
      ))}
    </ul>
  );
}

// A colleague's chat is not open to everybody: then its line is all there is.
function EarlierChat({ chat }: { chat: ChatSummary }) {
  const me = useMe();
  const line = (
    <>
      <span className="flex gap-2 text-xs text-text-muted">
        <DateTime iso={chat.createdAt} />
        {chat.csName && <span className="truncate">· {chat.csName}</span>}
        {chat.rating !== null && <span>· {chat.rating}/5</span>}
      </span>
      <span className="line-clamp-2">{chat.preview?.content}</span>
    </>
  );
  const mine = me.seesAll || chat.csId === me.userId;
  const look = "block rounded border border-line px-3 py-2";
  return (
    <li>
      {mine ? (
        <Link to={`/cs/chats/${chat.id}`} className={`${look} hover:bg-surface-2`}>
          {line}
        </Link>
      ) : (
        <div className={look}>{line}</div>
      )}
    </li>
  );
}
