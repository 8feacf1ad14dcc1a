import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { findChat } from "~/chat/find-chat.server";
import { markRead } from "~/chat/mark-read.server";
import { latestMessages } from "~/chat/read-log.server";
import { customerName } from "~/components/customer-name";
import { MessageLog } from "~/components/message-log";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { sayFrom } from "~/messages/text";
import { changeByForm, changeAsked } from "./change-message.server";

const RENEW_SECONDS = 4;

/** One log alone, renewing itself. Only pages without scripts ask for it, and who sees it has read it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const id = params.id ?? "";
  try {
    const [chat, messages] = await Promise.all([findChat(staff, id), latestMessages(staff, id)]);
    if (chat.csId === staff.userId) await markRead(staff, { sessionId: id, seq: messages.at(-1)?.seq ?? 0 });
    return { chat, messages, me: staff.userId, change: changeAsked(request), texts: staffTextsFor(request) };
  } catch (error) {
    if (error instanceof NotFound) throw new Response(null, { status: 404 });
    throw error;
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  return changeByForm(await requireStaff(request), params.id ?? "", request);
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "HeraDesk" },
  { name: "robots", content: "noindex" },
  // What is being changed must not be renewed away.
  ...(data && data.chat.endedAt === null && !data.change.editing
    ? [{ httpEquiv: "refresh", content: String(RENEW_SECONDS) }]
    : []),
];

export default function LogFrame() {
  const refusal = useActionData<typeof action>();
  const { chat, messages, me, change, texts } = useLoaderData<typeof loader>();
  const name = customerName(chat, sayFrom(texts));
  return (
    <main id="main" className="flex h-[100dvh] flex-col bg-surface text-sm">
      <h1 className="sr-only">{name}</h1>
      <MessageLog
        messages={messages}
        viewer="cs"
        me={me}
        plain={{ ...change, refused: refusal && { message: refusal.message, content: refusal.kept.content } }}
        peerName={name}
        peerReadSeq={chat.customerReadSeq}
      />
    </main>
  );
}
