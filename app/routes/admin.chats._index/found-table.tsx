import { Link } from "@remix-run/react";
import Star from "lucide-react/icons/star";
import { customerName } from "~/components/customer-name";
import { Pill } from "~/components/pill";
import { DateTime } from "~/components/time";
import { stopwatch } from "~/components/elapsed";
import { useStaffText } from "~/messages/staff-text";
import type { FoundChat } from "~/reports/shapes";
import { HitLine } from "./hit-line";

/** A line for each chat: whose, what about, with whom, when. */
export function FoundTable({ chats }: { chats: FoundChat[] }) {
  const t = useStaffText();
  const head = "px-3 py-2.5 text-start font-medium";
  return (
    <table className="w-full table-fixed text-start">
      <thead className="border-b border-line text-xs text-text-muted max-md:sr-only">
        <tr>
          <th className={`${head} ps-4`}>{t("found.customer")}</th>
          <th className={`${head} w-36 max-md:w-auto`}>{t("found.agent")}</th>
          <th className={`${head} w-44 max-md:w-auto`}>{t("found.started")}</th>
          <th className={`${head} w-20 max-lg:hidden`}>{t("found.waited.head")}</th>
          <th className={`${head} w-16 max-lg:hidden`}>{t("found.rating")}</th>
          <th className={`${head} w-28 pe-4 max-md:w-auto`}>{t("found.status")}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {chats.map((chat) => (
          <Row key={chat.id} chat={chat} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ chat }: { chat: FoundChat }) {
  const t = useStaffText();
  const name = customerName(chat, t);
  const cell = "px-3 py-3 align-top max-md:inline max-md:px-0 max-md:py-0 max-md:text-xs";
  return (
    <tr className="relative max-md:block max-md:px-4 max-md:py-3 hover:bg-surface-2">
      <th scope="row" className="px-3 py-3 ps-4 text-start align-top font-normal max-md:block max-md:p-0">
        <span className="flex items-center gap-2">
          <Link
            to={`/admin/chats/${chat.id}`}
            className="truncate font-medium underline-offset-2 after:absolute after:inset-0 hover:underline"
          >
            {name}
          </Link>
          {chat.labels.map((label) => (
            <Pill key={label}>{label}</Pill>
          ))}
        </span>
        {chat.hits.length > 0 ? (
          <ul className="mt-1 flex flex-col gap-1">
            {chat.hits.map((hit) => (
              <HitLine key={hit.seq} hit={hit} />
            ))}
          </ul>
        ) : (
          <span className="block truncate text-text-muted">{chat.opening ?? t("list.noText")}</span>
        )}
      </th>
      <td className={cell}>
        <span className={`block truncate max-md:inline ${chat.csName ? "" : "text-text-muted"}`}>
          {chat.csName ?? t("found.agent.nobody")}
        </span>
        <span aria-hidden="true" className="md:hidden">
          {" · "}
        </span>
      </td>
      <td className={`${cell} whitespace-nowrap`}>
        <DateTime iso={chat.createdAt} />
        <span aria-hidden="true" className="md:hidden">
          {" · "}
        </span>
      </td>
      <td className={`${cell} tabular-nums max-lg:hidden`}>{stopwatch(chat.waitedSeconds * 1_000)}</td>
      <td className={`${cell} max-lg:hidden`}>
        {chat.rating === null ? (
          <>
            <span aria-hidden="true" className="text-text-muted">
              –
            </span>
            <span className="sr-only">{t("found.rating.none")}</span>
          </>
        ) : (
          <span className="flex items-center gap-1 tabular-nums">
            {chat.rating}
            <Star size={14} aria-hidden="true" className="fill-current text-accent" />
          </span>
        )}
      </td>
      <td className={`${cell} pe-4`}>
        <Pill tone={chat.status === "waiting" ? "waiting" : chat.status === "active" ? "accent" : undefined}>
          {t(`found.status.${chat.status}`)}
        </Pill>
      </td>
    </tr>
  );
}
