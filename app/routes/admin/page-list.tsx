import { NavLink, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useStaffText } from "~/messages/staff-text";
import { ADMIN_PAGES } from "./pages";

/** A list beside the page; where there is no room for it, a bar above that scrolls and keeps the open page in sight. */
export function PageList() {
  const t = useStaffText();
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const [bar, open] = [list.current, list.current?.querySelector("[aria-current]")];
    if (!bar || !open) return;
    const { left, width } = open.getBoundingClientRect();
    bar.scrollLeft += left + width / 2 - bar.getBoundingClientRect().left - bar.clientWidth / 2;
  }, [pathname]);
  return (
    <nav
      aria-label={t("nav.label")}
      className="sticky top-14 z-10 border-b border-line bg-surface lg:w-52 lg:shrink-0 lg:self-start lg:border-0 lg:bg-transparent lg:py-6 lg:ps-6 print:hidden"
    >
      <ul
        ref={list}
        className="flex gap-1 overflow-x-auto px-3 py-1.5 [scrollbar-width:none] sm:px-5 lg:flex-col lg:overflow-visible lg:p-0"
      >
        {ADMIN_PAGES.map(({ to, label, Icon, end }) => (
          <li key={to} className="shrink-0">
            <NavLink
              to={to}
              end={end}
              className="flex min-h-[36px] items-center gap-2.5 rounded px-3 font-medium text-text-muted transition-colors duration-150 hover:bg-surface-2 hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-strong"
            >
              <Icon size={18} aria-hidden="true" className="shrink-0" />
              <span className="whitespace-nowrap">{t(label)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
