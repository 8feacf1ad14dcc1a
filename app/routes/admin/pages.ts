import ChartLine from "lucide-react/icons/chart-line";
import ChartNoAxesColumn from "lucide-react/icons/chart-no-axes-column";
import MessageSquareText from "lucide-react/icons/message-square-text";
import ScrollText from "lucide-react/icons/scroll-text";
import MessagesSquare from "lucide-react/icons/messages-square";
import Settings from "lucide-react/icons/settings";

import Tag from "lucide-react/icons/tag";
import Users from "lucide-react/icons/users";
import type { LucideIcon } from "lucide-react";
import type { StaffKey } from "~/messages/staff-en";

interface AdminPage {
  to: string;
  label: StaffKey;
  Icon: LucideIcon;
  /** Marked on this address alone, not on those below it. */
  end?: true;
}

/** The admin's pages, in the order in which they are offered; a new page is one line here. */
export const ADMIN_PAGES: AdminPage[] = [
  { to: "/admin", label: "nav.board", Icon: ChartNoAxesColumn, end: true },
  { to: "/admin/figures", label: "trends.title", Icon: ChartLine },
  { to: "/admin/chats", label: "nav.allChats", Icon: MessagesSquare },
  { to: "/admin/users", label: "nav.users", Icon: Users },
  { to: "/admin/canned", label: "nav.canned.shared", Icon: MessageSquareText },
  { to: "/admin/labels", label: "nav.labels", Icon: Tag },
  { to: "/admin/activity", label: "nav.activity", Icon: ScrollText },
  { to: "/admin/settings", label: "nav.settings", Icon: Settings },
];
