import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import Printer from "lucide-react/icons/printer";
import { requireAdmin } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { findChat } from "~/chat/find-chat.server";
import { latestMessages } from "~/chat/read-log.server";
import { isChange } from "~/chat/shapes";
import { Button, buttonClass } from "~/components/button";
import { customerName } from "~/components/customer-name";
import { Pill } from "~/components/pill";
import { DateTime } from "~/components/time";
import { TranscriptRow } from "~/components/transcript-row";
import { useHydrated } from "~/components/use-hydrated";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { sayFrom } from "~/messages/text";

const MOST_SHOWN = 10_000;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  try {
    const chat = await findChat(admin, params.id ?? "");
    const messages = await latestMessages(admin, chat.id, MOST_SHOWN);
    const title = customerName(chat, sayFrom(staffTextsFor(request)));
    return { chat, messages: messages.filter((message) => !isChange(message)), title };
  } catch (error) {
    if (error instanceof NotFound) throw data(null, { status: 404 });
    throw error;
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "Chat"} · HeraDesk` }];

/** One chat with its notes, from its first word to its last, made for paper. */
export default function PrintedChat() {
  const t = useStaffText();
  const hydrated = useHydrated();
  const { chat, messages, title } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-3xl print:max-w-none">
      <div className="mb-4 flex justify-between gap-2 print:hidden">
        <Link to={`/admin/chats/${chat.id}`} className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3`}>
          <ChevronLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
          {t("watch.title", { name: title })}
        </Link>
        {hydrated && (
          <Button type="button" size="sm" onClick={() => print()}>
            <Printer size={16} aria-hidden="true" />
            {t("watch.print")}
          </Button>
        )}
      </div>
      <h1 className="break-anywhere text-2xl font-semibold tracking-tight">{t("watch.title", { name: title })}</h1>
      <p className="mt-1 text-text-muted">
        {[chat.csName, chat.customerEmail].filter(Boolean).join(" · ")} <DateTime iso={chat.createdAt} />
      </p>
      <ol className="card mt-6 divide-y divide-line px-4 sm:px-6 print:border-0 print:px-0 print:shadow-none">
        {messages.map((message) =>
          message.note ? (
            <li key={message.seq} className="bg-note -mx-4 px-4 sm:-mx-6 sm:px-6">
              <div className="pt-3">
                <Pill>{t("found.note")}</Pill>
              </div>
              <ol>
                <TranscriptRow message={message} name={title} />
              </ol>
            </li>
          ) : (
            <TranscriptRow key={message.seq} message={message} name={title} />
          ),
        )}
      </ol>
    </div>
  );
}
