import { Link, useSearchParams } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useStaffText } from "~/messages/staff-text";
import { buttonClass } from "./button";

/** Below a list that has pages: how many there are, and the one before and after. */
export function Pages({ page, pages, summary }: { page: number; pages: number; summary: string }) {
  const t = useStaffText();
  const [search] = useSearchParams();
  const to = (number: number) => {
    const params = new URLSearchParams(search);
    params.set("page", String(number));
    return `?${params}`;
  };
  return (
    <nav aria-label={t("pages.label")} className="mt-3 flex min-h-[32px] items-center gap-2 text-text-muted">
      <p className="me-auto">{summary}</p>
      {pages > 1 && (
        <>
          {page > 1 && (
            <Link
              rel="prev"
              to={to(page - 1)}
              aria-label={t("pages.previous")}
              className={buttonClass({ size: "sm", icon: true })}
            >
              <ChevronLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
            </Link>
          )}
          <p className="tabular-nums">{t("pages.which", { page, pages })}</p>
          {page < pages && (
            <Link
              rel="next"
              to={to(page + 1)}
              aria-label={t("pages.next")}
              className={buttonClass({ size: "sm", icon: true })}
            >
              <ChevronRight size={16} aria-hidden="true" className="rtl:rotate-180" />
            </Link>
          )}
        </>
      )}
    </nav>
  );
}
