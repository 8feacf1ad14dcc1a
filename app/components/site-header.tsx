import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useText } from "~/messages/text";
import { useRootData } from "~/root-data";
import { Logo } from "./logo";
import { ThemeSwitch } from "./theme-switch";

/** The top of every page that is not the workspace. */
export function SiteHeader({ children, className = "" }: { children?: ReactNode; className?: string }) {
  const t = useText();
  const brand = useRootData()?.brand;
  return (
    <header className={`mx-auto flex w-full max-w-6xl items-center gap-3 px-4 py-3 sm:px-8 sm:py-5 ${className}`}>
      <Link
        to="/"
        className="me-auto flex min-h-[44px] min-w-0 items-center gap-2.5 rounded text-lg font-semibold tracking-tight"
      >
        {brand?.logoUrl ? <img src={brand.logoUrl} alt="" className="h-8 max-w-[9rem] object-contain" /> : <Logo />}
        <span className="truncate max-[359px]:sr-only">{brand?.name ?? t("app.name")}</span>
      </Link>
      <ThemeSwitch />
      {children}
    </header>
  );
}
