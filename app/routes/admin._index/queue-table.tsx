import { Link } from "@remix-run/react";
import type { ChatSummary, Colleague } from "~/chat/shapes";
import { customerName } from "~/components/customer-name";
import { Elapsed } from "~/components/elapsed";
import { Pill } from "~/components/pill";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { AssignForm } from "./assign-form";

interface Props {
  queue: readonly ChatSummary[];
  waiting: number;
  agents: readonly Colleague[];
  refusal?: RefusalView;
}

/** Who waits, in the order in which they are served, and the way to serve one of them oneself. */
export function QueueTable({ queue, waiting, agents, refusal }: Props) {
  const t = useStaffText();
  return (
    <section aria-labelledby="queue" className="mt-8">
      <h2 id="queue" className="text-base font-semibold">
        {t("board.queue")}
      </h2>
      <div className="mt-3 overflow-hidden rounded-lg border border-line bg-surface">
        {queue.length === 0 ? (
          <p className="px-4 py-3 text-text-muted">{t("board.queue.empty")}</p>
        ) : (
          <ol className="divide-y divide-line">
            {queue.map((chat) => (
              <QueueEntry
                key={chat.id}
                chat={chat}
                agents={agents}
                refusal={refusal?.kept.chatId === chat.id ? refusal : undefined}
              />
            ))}
          </ol>
        )}
        {waiting > queue.length && queue.length > 0 && (
          <p className="border-t border-line px-4 py-2.5 text-text-muted">
            {t("board.queue.more", { count: queue.length })}
          </p>
        )}
      </div>
    </section>
  );
}

function QueueEntry({
  chat,
  agents,
  refusal,
}: {
  chat: ChatSummary;
  agents: readonly Colleague[];
  refusal?: RefusalView;
}) {
  const t = useStaffText();
  const name = customerName(chat, t);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      {/* As wide as the longest wait, so that the names stand in one line. */}
      <span className="min-w-[5.5rem]">
        <Pill tone="waiting">
          <Elapsed since={chat.queuedAt} />
        </Pill>
      </span>
      <span className="min-w-0 flex-1 basis-40">
        <span className="flex items-center gap-2">
          <Link
            to={`/admin/chats/${chat.id}`}
            title={t("board.open")}
            className="truncate font-medium underline-offset-2 hover:underline"
          >
            {name}
          </Link>
          {chat.returned && <Pill tone="accent">{t("list.returned")}</Pill>}
        </span>
        <span className="block truncate text-text-muted">{chat.preview?.content ?? t("list.noText")}</span>
      </span>
      <AssignForm chatId={chat.id} name={name} agents={agents} refusal={refusal} />
    </li>
  );
}
