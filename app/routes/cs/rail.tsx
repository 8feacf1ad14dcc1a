import { Link, useLocation } from "@remix-run/react";
import ChartNoAxesColumn from "lucide-react/icons/chart-no-axes-column";
import MessagesSquare from "lucide-react/icons/messages-square";
import History from "lucide-react/icons/history";
import MessageSquareQuote from "lucide-react/icons/message-square-quote";
import type { ReactNode } from "react";
import { AccountMenu, type Account } from "~/components/account-menu";
import { AlertMenu } from "./alert-menu";
import { Logo } from "~/components/logo";
import { useStaffText } from "~/messages/staff-text";
import { forgetStaffTexts } from "~/realtime/client/forget-texts";

/** The ways to other screens: a column beside the work, a line above it on a phone. */
export function Rail({ account, className }: { account: Account; className: string }) {
  const t = useStaffText();
  return (
    <header
      className={`items-center gap-2 border-line bg-surface px-3 py-2 max-md:border-b md:flex-col md:border-e md:px-0 md:py-3 ${className}`}
    >
      <Logo className="h-8 w-8 shrink-0" />
      <nav aria-label={t("nav.label")} className="flex gap-1 md:mt-2 md:flex-col">
        <RailLink to="/cs" label={t("nav.chats")}>
          <MessagesSquare size={20} aria-hidden="true" />
        </RailLink>
        <RailLink to="/cs/history" label={t("nav.history")}>
          <History size={20} aria-hidden="true" />
        </RailLink>
        <RailLink to="/cs/canned" label={t("nav.canned")}>
          <MessageSquareQuote size={20} aria-hidden="true" />
        </RailLink>
        {account.role === "admin" && (
          <RailLink to="/admin" label={t("nav.board")}>
            <ChartNoAxesColumn size={20} aria-hidden="true" />
          </RailLink>
        )}
      </nav>
      <span className="flex-1" />
      <AlertMenu />
      <AccountMenu account={account} place="beside" onSignOut={forgetStaffTexts} />
    </header>
  );
}

function RailLink({ to, label, children }: { to: string; label: string; children: ReactNode }) {
  const { pathname } = useLocation();
  const current = pathname === to || (to === "/cs" && pathname.startsWith("/cs/chats/"));
  return (
    <Link
      to={to}
      aria-current={current ? "page" : undefined}
      title={label}
      aria-label={label}
      className="grid h-10 w-10 place-items-center rounded text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-strong"
    >
      {children}
    </Link>
  );
}
