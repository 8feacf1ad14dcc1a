import { Form, Link } from "@remix-run/react";
import LogOut from "lucide-react/icons/log-out";
import ShieldCheck from "lucide-react/icons/shield-check";
import { useId } from "react";
import { FormToken } from "~/auth/form-token";
import { useStaffText } from "~/messages/staff-text";
import { Avatar } from "./avatar";
import { Button } from "./button";
import { LanguageSwitch } from "./language-switch";
import { popoverClass } from "./popover";
import { ThemeSwitch } from "./theme-switch";

export interface Account {
  name: string;
  username: string;
  role: "admin" | "cs";
}

/** Who is signed in, the theme, and the way out. A popover, so that it opens and closes without scripts. */
export function AccountMenu({
  account,
  place,
  onSignOut,
}: {
  account: Account;
  place: "below" | "beside";
  onSignOut(): void;
}) {
  const t = useStaffText();
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        title={account.name}
        aria-label={t("nav.account", { name: account.name })}
        className="rounded-full"
      >
        <Avatar name={account.name} />
      </button>
      <div id={id} popover="auto" className={`${popoverClass} inset-auto w-72 text-sm ${PLACES[place]}`}>
        <p className="truncate font-semibold">{account.name}</p>
        <p className="truncate text-text-muted">
          {account.username} · {t(`role.${account.role}`)}
        </p>
        <Link
          to="/account"
          className="-ms-2 mt-3 flex min-h-[36px] items-center gap-2 rounded px-2 font-medium text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text"
        >
          <ShieldCheck size={16} aria-hidden="true" />
          {t("account.link")}
        </Link>
        <LanguageSwitch className="-ms-2" />
        <div className="mt-3 flex items-center justify-between gap-3 border-t border-line pt-4">
          <ThemeSwitch />
          <Form method="post" action="/logout" reloadDocument onSubmit={onSignOut}>
            <FormToken />
            <Button look="quiet" size="sm" className="whitespace-nowrap">
              <LogOut size={16} aria-hidden="true" />
              {t("nav.signOut")}
            </Button>
          </Form>
        </div>
      </div>
    </>
  );
}

const PLACES = {
  below: "end-3 top-14",
  beside: "end-3 top-14 md:bottom-3 md:end-auto md:start-16 md:top-auto",
};
