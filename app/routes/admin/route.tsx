import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { NavLink, Outlet, useLoaderData } from "@remix-run/react";
import ChartNoAxesColumn from "lucide-react/icons/chart-no-axes-column";
import MessagesSquare from "lucide-react/icons/messages-square";
import Settings from "lucide-react/icons/settings";
import type { ReactNode } from "react";
import { requireAdmin } from "~/auth/require.server";
import { AccountMenu } from "~/components/account-menu";
import { ClockProvider } from "~/components/clock";
import { ErrorPage } from "~/components/error-page";
import { Logo } from "~/components/logo";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { StaffTextProvider, useStaffText } from "~/messages/staff-text";

export async function loader({ request }: LoaderFunctionArgs) {
  const { name, username, role } = await requireAdmin(request);
  return { account: { name, username, role }, texts: staffTextsFor(request), now: new Date().toISOString() };
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export default function AdminLayout() {
  const { texts, now } = useLoaderData<typeof loader>();
  return (
    <StaffTextProvider texts={texts}>
      <ClockProvider now={now}>
        <div className="flex min-h-[100dvh] flex-col text-sm">
          <Top />
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 py-6 outline-none sm:px-6">
            <Outlet />
          </main>
        </div>
      </ClockProvider>
    </StaffTextProvider>
  );
}

function Top() {
  const t = useStaffText();
  const { account } = useLoaderData<typeof loader>();
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-surface">
      <div className="mx-auto flex h-14 w-full max-w-6xl items-center gap-3 px-4 sm:px-6">
        <Logo className="h-8 w-8 shrink-0" />
        <nav aria-label={t("nav.label")} className="flex min-w-0 flex-1 gap-1 overflow-x-auto py-1">
          <TopLink to="/admin" label={t("nav.board")}>
            <ChartNoAxesColumn size={18} aria-hidden="true" />
          </TopLink>
          <TopLink to="/admin/settings" label={t("nav.settings")}>
            <Settings size={18} aria-hidden="true" />
          </TopLink>
          <TopLink to="/cs" label={t("nav.workspace")}>
            <MessagesSquare size={18} aria-hidden="true" />
          </TopLink>
        </nav>
        <AccountMenu account={account} place="below" />
      </div>
    </header>
  );
}

// On a phone the icons stand alone, except where one is.
function TopLink({ to, label, children }: { to: string; label: string; children: ReactNode }) {
  return (
    <NavLink
      to={to}
      end
      title={label}
      className="group flex shrink-0 min-h-[36px] items-center gap-2 rounded px-3 font-medium text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-strong"
    >
      {children}
      <span className="max-sm:sr-only max-sm:group-aria-[current=page]:not-sr-only">{label}</span>
    </NavLink>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
