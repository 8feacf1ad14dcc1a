import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data } from "@remix-run/node";
import { useActionData, useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { requireStaff } from "~/auth/require.server";
import { cannedFor } from "~/canned/list-canned.server";
import { NotFound } from "~/chat/errors";
import { draftOf } from "~/chat/drafts.server";
import { findChat, isChatId } from "~/chat/find-chat.server";
import { chatSearchInput, messagesAround, searchChat } from "~/chat/search-chat.server";
import { latestMessages } from "~/chat/read-log.server";
import { visitorFacts } from "~/chat/visitor-facts.server";
import { chatFiles } from "~/files/chat-files.server";
import { fileRules } from "~/files/file-limits.server";
import { customerName } from "~/components/customer-name";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { sayFrom } from "~/messages/text";
import { answerIntent } from "./actions.server";
import { ChatPage } from "./chat-page";
import { ChatProblem } from "./chat-problem";

const PAGE_SIZE = 100;
const MOST_SHOWN = 2_000;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const id = params.id ?? "";
  const query = new URL(request.url).searchParams;
  const { q, at = null } = chatSearchInput.parse(Object.fromEntries(query));
  const show = Math.min(MOST_SHOWN, Number(query.get("show")) || PAGE_SIZE);
  try {
    const [chat, messages, canned, draft, visitor, hits, around, rules, files] = await Promise.all([
      findChat(staff, id),
      latestMessages(staff, id, show),
      cannedFor(staff, isChatId(id) ? id : null),
      draftOf(staff, id),
      visitorFacts(staff, id),
      q ? searchChat(staff, id, q) : [],
      at === null ? null : messagesAround(staff, id, at),
      fileRules(),
      chatFiles(staff, id),
    ]);
    const title = customerName(chat, sayFrom(staffTextsFor(request)));
    const search = { q, at, hits, around };
    return { chat, messages, canned, draft, visitor, files, show, search, title, clientId: uuidv4(), fileRules: rules };
  } catch (error) {
    if (error instanceof NotFound) throw data(null, { status: 404 });
    throw error;
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  return answerIntent(await requireStaff(request), params.id ?? "", request);
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · HeraDesk` : "HeraDesk" },
];

// Another list beside the same chat is no reason to read the chat again.
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) =>
  !formMethod && currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
    ? ["show", "q", "at"].some(
        (name) => (currentUrl.searchParams.get(name) ?? "") !== (nextUrl.searchParams.get(name) ?? ""),
      )
    : defaultShouldRevalidate;

export default function Chat() {
  const { chat, show, title: _, ...page } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return <ChatPage key={`${chat.id}:${show}`} chat={chat} show={show} refusal={refusal} {...page} />;
}

export function ErrorBoundary() {
  return <ChatProblem refusal={useActionData<typeof action>()?.message} />;
}
