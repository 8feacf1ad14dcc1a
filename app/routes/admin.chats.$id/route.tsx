import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import MessagesSquare from "lucide-react/icons/messages-square";
import Printer from "lucide-react/icons/printer";
import { requireAdmin } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { findChat } from "~/chat/find-chat.server";
import { chatFiles } from "~/files/chat-files.server";
import { latestMessages } from "~/chat/read-log.server";
import { assignmentsOf } from "~/chat/record-assignment.server";
import { buttonClass } from "~/components/button";
import { ChatFileList } from "~/components/chat-file-list";
import { customerName } from "~/components/customer-name";
import { MessageLog } from "~/components/message-log";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { sayFrom } from "~/messages/text";
import { useStaffText } from "~/messages/staff-text";
import { colleagues } from "~/people/colleagues.server";
import { AssignForm } from "../admin._index/assign-form";
import { assignByForm } from "../admin._index/assign.server";
import { Assignments } from "./assignments";

const MOST_SHOWN = 2_000;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const id = params.id ?? "";
  try {
    const chat = await findChat(admin, id);
    const [messages, assignments, agents, files] = await Promise.all([
      latestMessages(admin, id, MOST_SHOWN),
      assignmentsOf(id),
      colleagues(),
      chatFiles(admin, id),
    ]);
    const title = customerName(chat, sayFrom(staffTextsFor(request)));
    const told = assignments.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() }));
    return { chat, messages, assignments: told, agents, files, title, me: admin.userId };
  } catch (error) {
    if (error instanceof NotFound) throw data(null, { status: 404 });
    throw error;
  }
}

export async function action({ request }: ActionFunctionArgs) {
  return assignByForm(await requireAdmin(request), request);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Chat"} · HeraDesk` }];

/** One chat as its agent has it, for an admin who only looks, and why it went where it went. */
export default function WatchedChat() {
  const t = useStaffText();
  const { chat, messages, assignments, agents, files, title, me } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <section
        aria-labelledby="watched"
        className="flex h-[calc(100dvh-6.5rem)] min-h-96 min-w-0 flex-col overflow-hidden rounded-lg border border-line bg-surface"
      >
        <header className="flex items-center gap-2 border-b border-line px-3 py-2.5">
          <Link
            to="/admin/chats"
            aria-label={t("watch.all")}
            title={t("watch.all")}
            className={buttonClass({ look: "quiet", size: "sm", icon: true })}
          >
            <ChevronLeft size={18} aria-hidden="true" />
          </Link>
          <div className="min-w-0">
            <h1 id="watched" className="truncate text-base font-semibold">
              {t("watch.title", { name: title })}
            </h1>
            <p className="truncate text-xs text-text-muted">
              {chat.status === "waiting"
                ? t("chat.state.waiting")
                : chat.endedAt
                  ? t("chat.state.ended")
                  : t("chat.state.colleague", { name: chat.csName ?? "?" })}
              {" · "}
              {t("watch.readOnly")}
            </p>
          </div>
          <Link to={`/admin/chats/${chat.id}/customer`} className={`${buttonClass({ size: "sm" })} ms-auto`}>
            {t("customer.link")}
          </Link>
        </header>
        <MessageLog messages={messages} viewer="cs" me={me} peerName={title} peerReadSeq={chat.customerReadSeq} />
      </section>
      <div className="min-w-0">
        <div className="mb-6 flex flex-wrap gap-2 empty:hidden">
          {chat.endedAt === null && (
            <Link to={`/cs/chats/${chat.id}`} className={buttonClass({ look: "primary", size: "sm" })}>
              <MessagesSquare size={16} aria-hidden="true" />
              {t("watch.join")}
            </Link>
          )}
          <Link to={`/admin/chats/${chat.id}/print`} className={buttonClass({ size: "sm" })}>
            <Printer size={16} aria-hidden="true" />
            {t("watch.print")}
          </Link>
        </div>
        {chat.endedAt === null && (
          <section aria-labelledby="give" className="mb-6 rounded-lg border border-line bg-surface p-4">
            <h2 id="give" className="mb-3 font-semibold">
              {t("watch.assign")}
            </h2>
            <AssignForm chatId={chat.id} name={title} agents={agents} refusal={refusal} />
          </section>
        )}
        {files.length > 0 && (
          <div className="mb-6 rounded-lg border border-line bg-surface p-4 pb-2">
            <ChatFileList files={files} heading="mb-2 font-semibold" />
          </div>
        )}
        <Assignments assignments={assignments} />
      </div>
    </div>
  );
}
