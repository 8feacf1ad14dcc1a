import { useNavigate, useRouteLoaderData } from "@remix-run/react";
import type { CannedResponse, ChatSummary } from "~/chat/shapes";
import { customerName } from "~/components/customer-name";
import { useStaffText } from "~/messages/staff-text";
import type { Command } from "./commands";
import { insertText } from "./insert-text";
import { useNotice } from "./notice";
import { orderMine, orderQueue } from "./order-chats";
import { STATUSES } from "./status-form";
import { useLiveWorkspace, useMe, useWorkspace } from "./workspace-context";

/** Everything one can go to or do from anywhere in the workspace. */
export function useCommands(): Command[] {
  const t = useStaffText();
  const me = useMe();
  const live = useLiveWorkspace();
  const navigate = useNavigate();
  const { refused } = useNotice();
  const mine = useWorkspace((now) => now.mine);
  const queue = useWorkspace((now) => now.queue);
  const open = useRouteLoaderData("routes/cs.chats.$id") as { chat: ChatSummary; canned: CannedResponse[] } | undefined;
  const pages = [
    ["/cs", t("nav.chats")],
    ["/cs?list=queue", t("list.queue")],
    ...(me.seesAll ? [["/cs?list=all", t("list.all")] as const] : []),
    ["/cs?list=team", t("list.team")],
    ["/cs/history", t("nav.history")],
    ["/cs/canned", t("nav.canned")],
    ...(me.role === "admin" ? [["/admin", t("nav.board")] as const] : []),
  ] as const;
  return [
    ...[...orderMine(mine), ...orderQueue(queue)].map((chat) => ({
      id: chat.id,
      kind: t(chat.status === "waiting" ? "list.queue" : "command.chat"),
      name: customerName(chat, t),
      detail: chat.preview?.content,
      run: () => navigate(`/cs/chats/${chat.id}`),
    })),
    ...STATUSES.map((status) => ({
      id: `status-${status}`,
      kind: t("command.status"),
      name: t(`status.${status}`),
      run: () => void live?.setStatus(status).catch(refused),
    })),
    ...(open
      ? [
          {
            id: "find",
            kind: t("command.chat"),
            name: t("find.label"),
            run: () => navigate(`/cs/chats/${open.chat.id}?find`),
          },
        ]
      : []),
    ...pages.map(([to, name]) => ({ id: to, kind: t("command.page"), name, run: () => navigate(to) })),
    ...(open?.canned ?? []).map((one) => ({
      id: `canned-${one.id}`,
      kind: t("command.canned"),
      name: one.title,
      detail: `/${one.shortcut}`,
      run: () => insertText(one.content),
    })),
  ];
}
