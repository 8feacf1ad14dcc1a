import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { getCustomer, requireApiCustomer } from "~/auth/require.server";
import { currentChat } from "~/chat/find-chat.server";
import { latestMessages } from "~/chat/read-log.server";
import { markRead } from "~/chat/mark-read.server";
import { ChatHeader } from "~/components/chat-header";
import { MessageLog } from "~/components/message-log";
import { useText } from "~/messages/text";
import { colleagues } from "~/people/colleagues.server";
import { changeByForm, changeAsked } from "./change-message.server";

const RENEW_SECONDS = 4;

/** The log alone, renewing itself: what the page without scripts shows in a frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  const customer = await getCustomer(request);
  const chat = customer && (await currentChat(customer));
  if (!customer || !chat) throw redirect("/");
  const [messages, staff] = await Promise.all([latestMessages(customer, chat.id), colleagues()]);
  await markRead(customer, { sessionId: chat.id, seq: chat.lastSeq });
  return data({
    chat,
    messages,
    online: staff.some(({ status }) => status !== "offline"),
    change: changeAsked(request),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const customer = await requireApiCustomer(request);
  const chat = await currentChat(customer);
  return changeByForm(customer, chat?.id ?? "", request);
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "HeraDesk" },
  { name: "robots", content: "noindex" },
  // What is being changed must not be renewed away.
  ...(data?.chat.endedAt || data?.change.editing ? [] : [{ httpEquiv: "refresh", content: String(RENEW_SECONDS) }]),
];

export default function Log() {
  const t = useText();
  const refusal = useActionData<typeof action>();
  const { chat, messages, online, change } = useLoaderData<typeof loader>();
  const moved = chat.endedAt !== null;
  return (
    <main id="main" className="flex h-[100dvh] flex-col bg-surface">
      <h1 className="sr-only">{t("chat.label")}</h1>
      <ChatHeader
        agent={chat.agent}
        away={chat.agentAway}
        place={{ position: chat.position, estimate: chat.estimate, online }}
      >
        {/* The page lays its "End chat" over this corner. */}
        <span className="w-24 shrink-0" />
      </ChatHeader>
      <MessageLog
        messages={messages}
        viewer="customer"
        peerName={chat.agent?.name ?? t("chat.team")}
        peerReadSeq={chat.csReadSeq}
        plain={{ ...change, refused: refusal && { message: refusal.message, content: refusal.kept.content } }}
      />
      {moved && (
        <p className="border-t border-line px-4 py-3 text-center">
          <a href="/" target="_top" className="font-medium text-accent underline underline-offset-2">
            {t("ended.heading")}. {t("chat.reload")}
          </a>
        </p>
      )}
    </main>
  );
}
