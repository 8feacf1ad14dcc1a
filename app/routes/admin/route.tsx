import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import MessagesSquare from "lucide-react/icons/messages-square";
import { requireAdmin } from "~/auth/require.server";
import { AccountMenu } from "~/components/account-menu";
import { ClockProvider } from "~/components/clock";
import { ErrorPage } from "~/components/error-page";
import { Logo } from "~/components/logo";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { StaffTextProvider, useStaffText } from "~/messages/staff-text";
import { forgetStaffTexts } from "~/realtime/client/forget-texts";
import { PageList } from "./page-list";

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
          <div className="mx-auto flex w-full max-w-screen-2xl flex-1 flex-col lg:flex-row">
            <PageList />
            <main id="main" tabIndex={-1} className="w-full min-w-0 flex-1 px-4 py-6 outline-none sm:px-6">
              <Outlet />
            </main>
          </div>
        </div>
      </ClockProvider>
    </StaffTextProvider>
  );
}

function Top() {
  const t = useStaffText();
  const { account } = useLoaderData<typeof loader>();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface print:hidden">
      <div className="mx-auto flex h-14 w-full max-w-screen-2xl items-center gap-3 px-4 sm:px-6">
        <Link to="/admin" className="flex min-h-[36px] items-center gap-2.5 rounded font-semibold tracking-tight">
          <Logo className="h-8 w-8 shrink-0" />
          <span>HeraDesk</span>
        </Link>
        <Link
          to="/cs"
          className="ms-auto flex min-h-[36px] items-center gap-2 rounded px-3 font-medium text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text"
        >
          <MessagesSquare size={18} aria-hidden="true" />
          {t("nav.workspace")}
        </Link>
        <AccountMenu account={account} place="below" onSignOut={forgetStaffTexts} />
      </div>
    </header>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
