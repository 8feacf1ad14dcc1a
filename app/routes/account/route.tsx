import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData } from "@remix-run/react";
import MessagesSquare from "lucide-react/icons/messages-square";
import { homeOf } from "~/auth/login.server";
import { requireStaff } from "~/auth/require.server";
import { AccountMenu } from "~/components/account-menu";
import { ClockProvider } from "~/components/clock";
import { ErrorPage } from "~/components/error-page";
import { Logo } from "~/components/logo";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { StaffTextProvider, useStaffText } from "~/messages/staff-text";
import { forgetStaffTexts } from "~/realtime/client/forget-texts";

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await requireStaff(request);
  const { name, username, role } = staff;
  const now = new Date().toISOString();
  return { account: { name, username, role }, home: homeOf(staff), texts: staffTextsFor(request), now };
}

export const headers: HeadersFunction = () => ({ "Cache-Control": "private, no-store" });

export default function AccountLayout() {
  const { texts, now } = useLoaderData<typeof loader>();
  return (
    <StaffTextProvider texts={texts}>
      <ClockProvider now={now}>
        <div className="flex min-h-[100dvh] flex-col text-sm">
          <Top />
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-2xl flex-1 px-4 py-8 outline-none sm:px-6">
            <Outlet />
          </main>
        </div>
      </ClockProvider>
    </StaffTextProvider>
  );
}

function Top() {
  const t = useStaffText();
  const { account, home } = useLoaderData<typeof loader>();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-surface print:hidden">
      <div className="mx-auto flex h-14 w-full max-w-2xl items-center gap-3 px-4 sm:px-6">
        <Link to={home} className="flex min-h-[36px] items-center gap-2.5 rounded font-semibold tracking-tight">
          <Logo className="h-8 w-8 shrink-0" />
          <span>HeraDesk</span>
        </Link>
        <Link
          to={home}
          className="ms-auto flex min-h-[36px] items-center gap-2 rounded px-3 font-medium text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text"
        >
          <MessagesSquare size={18} aria-hidden="true" />
          {t("account.back")}
        </Link>
        <AccountMenu account={account} place="below" onSignOut={forgetStaffTexts} />
      </div>
    </header>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
