import ChartNoAxesColumn from "lucide-react/icons/chart-no-axes-column";
import Settings from "lucide-react/icons/settings";

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
  { to: "/admin/users", label: "nav.users", Icon: Users },
  { to: "/admin/settings", label: "nav.settings", Icon: Settings },
];
