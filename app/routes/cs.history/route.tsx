import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import Search from "lucide-react/icons/search";
import { requireStaff } from "~/auth/require.server";
import { HISTORY_PAGE, historyInput, historyOf } from "~/chat/history.server";
import type { ChatSummary } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { Button, buttonClass } from "~/components/button";
import { customerName } from "~/components/customer-name";
import { EmptyState } from "~/components/empty-state";
import { DateTime } from "~/components/time";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const { q, before } = Object.fromEntries(new URL(request.url).searchParams);
  // An address that was cut or guessed is the first page.
  const wanted = historyInput.safeParse({ q: q?.slice(0, 200), before });
  const input = wanted.data ?? { q: "" };
  const rows = await historyOf(staff, input);
  return {
    chats: rows.slice(0, HISTORY_PAGE),
    more: rows.length > HISTORY_PAGE,
    q: input.q,
    title: staffTextsFor(request)["history.title"],
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "History"} · HeraDesk` }];

/** The agent's ended chats, to be found again by a name or a word. */
export default function History() {
  const t = useStaffText();
  const { chats, more, q } = useLoaderData<typeof loader>();
  return (
    <section aria-labelledby="page" className="flex-1 overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto max-w-2xl">
        <h1 id="page" className="text-xl font-semibold tracking-tight">
          {t("history.title")}
        </h1>
        <Form role="search" className="mt-4 flex gap-2">
          <input
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            maxLength={200}
            aria-label={t("history.search")}
            placeholder={t("history.search")}
            className="input min-w-0 flex-1"
          />
          <Button>
            <Search size={16} aria-hidden="true" />
            {t("history.find")}
          </Button>
        </Form>
        {chats.length === 0 ? (
          <EmptyState icon={<Search size={20} />} title={t(q ? "history.none" : "history.empty")} />
        ) : (
          <ul className="mt-5 overflow-hidden rounded-lg border border-line bg-surface [&>li:not(:first-child)]:border-t">
            {chats.map((chat) => (
              <PastChat key={chat.id} chat={chat} />
            ))}
          </ul>
        )}
        {more && (
          <p className="mt-4 text-center">
            <Link
              to={`?${new URLSearchParams({ ...(q && { q }), before: chats.at(-1)?.endedAt ?? "" }).toString()}`}
              className={buttonClass({ size: "sm" })}
            >
              {t("history.older")}
            </Link>
          </p>
        )}
      </div>
    </section>
  );
}

function PastChat({ chat }: { chat: ChatSummary }) {
  const t = useStaffText();
  return (
    <li>
      <Link
        to={`/cs/chats/${chat.id}`}
        className="flex items-center gap-3 px-4 py-3 -outline-offset-2 hover:bg-surface-2"
      >
        <Avatar name={chat.customerName} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{customerName(chat, t)}</span>
            {chat.endedAt && <DateTime iso={chat.endedAt} className="shrink-0 text-xs text-text-muted" />}
          </span>
          <span className="flex gap-2 text-text-muted">
            <span className="min-w-0 flex-1 truncate">{chat.preview?.content ?? t("list.noText")}</span>
            {chat.rating !== null && (
              <span className="shrink-0 text-xs">{t("about.rating.value", { rating: chat.rating })}</span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
