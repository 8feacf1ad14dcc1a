import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { requireStaff } from "~/auth/require.server";
import { ClockProvider } from "~/components/clock";
import { StaffTextProvider } from "~/messages/staff-text";
import { ChatList } from "./cs/chat-list";
import { useListName } from "./cs/list-name";
import { ListTabs } from "./cs/list-tabs";
import { WorkspaceProvider } from "./cs/workspace-context";
import { workspaceData } from "./cs/workspace-data.server";

const RENEW_SECONDS = 5;

/** One list alone, renewing itself: what the workspace without scripts shows in a frame. */
export async function loader({ request }: LoaderFunctionArgs) {
  return workspaceData(await requireStaff(request), request);
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export const meta: MetaFunction = () => [
  { title: "HeraDesk" },
  { name: "robots", content: "noindex" },
  { httpEquiv: "refresh", content: String(RENEW_SECONDS) },
];

export default function ListFrame() {
  const { staff, lists, all, now, texts } = useLoaderData<typeof loader>();
  const list = useListName();
  const openChat = useSearchParams()[0].get("chat") ?? undefined;
  return (
    <StaffTextProvider texts={texts}>
      <ClockProvider now={now}>
        <WorkspaceProvider lists={lists} me={staff}>
          <main id="main" className="min-h-[100dvh] bg-surface text-sm">
            <ListTabs openChat={openChat} framed />
            <ChatList list={list} all={all} openChat={openChat} framed />
          </main>
        </WorkspaceProvider>
      </ClockProvider>
    </StaffTextProvider>
  );
}
