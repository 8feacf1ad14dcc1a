import { Link } from "@remix-run/react";
import ChevronRight from "lucide-react/icons/chevron-right";
import type { CustomerChat } from "~/chat/shapes";
import { DateTime } from "~/components/time";
import { useText } from "~/messages/text";

/** The ended chats of this browser; nothing when there are none. */
export function EarlierChats({ chats, className = "" }: { chats: CustomerChat[]; className?: string }) {
  const t = useText();
  if (chats.length === 0) return null;
  return (
    <nav aria-label={t("past.heading")} className={`mt-10 ${className}`}>
      <h2 className="text-sm font-semibold text-text-muted">{t("past.heading")}</h2>
      <ul className="-mx-3 mt-2 flex max-h-64 max-w-md flex-col overflow-y-auto">
        {chats.map((chat) => (
          <li key={chat.id}>
            <Link
              to={`/chats/${chat.id}`}
              className="flex min-h-[44px] items-center gap-2 rounded px-3 py-1.5 text-[0.9375rem] transition-colors duration-150 hover:bg-surface-2"
            >
              <span className="min-w-0 flex-1 truncate">
                <DateTime iso={chat.createdAt} className="font-medium" />{" "}
                <span className="text-text-muted">
                  {chat.agent ? t("past.with", { name: chat.agent.name }) : t("past.unanswered")}
                  {chat.rating !== null && ` · ${t("past.rated", { rating: chat.rating })}`}
                </span>
              </span>
              <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-text-muted rtl:rotate-180" />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
