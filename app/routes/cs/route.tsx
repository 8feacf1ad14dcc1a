import { redirect, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation, type ShouldRevalidateFunction } from "@remix-run/react";
import { useEffect, useMemo } from "react";
import { safeRedirect } from "~/auth/login.server";
import { requireStaff } from "~/auth/require.server";
import { ClockProvider } from "~/components/clock";
import { ErrorPage } from "~/components/error-page";
import { StaffTextProvider } from "~/messages/staff-text";
import { setStatus, statusInput } from "~/people/status.server";
import { formFields } from "~/http/form-fields.server";
import { refusalResponse } from "~/routes/refusal.server";
import { CommandBar } from "./command-bar";
import { useListName } from "./list-name";
import { ListPane } from "./list-pane";
import { NoticeProvider, useNotice } from "./notice";
import { orderMine, orderQueue } from "./order-chats";
import { Rail } from "./rail";
import { useActivity } from "./use-activity";
import { useAlerts } from "./use-alerts";
import { useChatKeys } from "./use-chat-keys";
import { useOpenChat } from "./use-open-chat";
import { useTitleBadge } from "./use-title-badge";
import { useWorkspace, WorkspaceProvider } from "./workspace-context";
import { workspaceData } from "./workspace-data.server";

export async function loader({ request }: LoaderFunctionArgs) {
  return workspaceData(await requireStaff(request), request);
}

export async function action({ request }: ActionFunctionArgs) {
  const staff = await requireStaff(request);
  const fields = await formFields(request);
  try {
    await setStatus(staff, statusInput.parse(fields).status);
    return redirect(safeRedirect(fields.redirectTo ?? null, "/cs"), 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

// From chat to chat, and inside one, the socket keeps the lists: reading them again would cost each press four queries.
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) => (formMethod || currentUrl.href === nextUrl.href ? defaultShouldRevalidate : false);

export default function WorkspaceLayout() {
  const { staff, lists, now, texts } = useLoaderData<typeof loader>();
  return (
    <StaffTextProvider texts={texts}>
      <ClockProvider now={now}>
        <NoticeProvider>
          <WorkspaceProvider lists={lists} me={staff}>
            <Desk />
          </WorkspaceProvider>
        </NoticeProvider>
      </ClockProvider>
    </StaffTextProvider>
  );
}

/** Ways out, chats, conversation; one at a time on a phone. */
function Desk() {
  const { staff, all } = useLoaderData<typeof loader>();
  const { shown, chosen, leaving } = useOpenChat();
  // What stands beside the lists; on a phone, in their place.
  const beside = useLocation().pathname.replace(/\/$/, "") !== "/cs";
  useActivity();
  return (
    <div className="flex h-[100dvh] flex-col text-sm md:flex-row">
      <Rail account={staff} className={`md:w-14 ${shown ? "hidden md:flex" : "flex"}`} />
      <main
        id="main"
        tabIndex={-1}
        className="grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)] outline-none md:grid-cols-[18rem_minmax(0,1fr)] xl:grid-cols-[20rem_minmax(0,1fr)]"
      >
        <ListPane openChat={chosen} all={all} className={beside ? "hidden md:flex" : "flex"} />
        <div inert={leaving} className={`min-h-0 min-w-0 flex-col ${beside ? "flex" : "hidden md:flex"}`}>
          <Outlet />
        </div>
      </main>
      <CommandBar />
      <Lookout openChat={shown} />
    </div>
  );
}

/** Hears, rings and counts. Apart, because the lists change many times a second, and nothing here is drawn. */
function Lookout({ openChat }: { openChat: string | undefined }) {
  const mine = useWorkspace((now) => now.mine);
  const queue = useWorkspace((now) => now.queue);
  const connection = useWorkspace((now) => now.connection);
  const { clear } = useNotice();
  const list = useListName();
  const ordered = useMemo(() => (list === "queue" ? orderQueue(queue) : orderMine(mine)), [list, mine, queue]);
  useEffect(() => {
    if (connection === "live") clear();
  }, [connection, clear]);
  useAlerts(openChat);
  useChatKeys(ordered, list);
  useTitleBadge(mine.reduce((sum, chat) => sum + chat.unread, 0));
  return null;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
