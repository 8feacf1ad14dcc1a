import { Link } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { buttonClass } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";

interface Props {
  filter: Record<string, string>;
  older: string | null;
  newer: string | null;
}

/** On through the list, in both directions. */
export function NextPages({ filter, older, newer }: Props) {
  const t = useStaffText();
  if (!older && !newer) return null;
  const to = (place: Record<string, string>) => `?${new URLSearchParams({ ...filter, ...place }).toString()}`;
  return (
    <nav aria-label={t("found.pages")} className="mt-4 flex justify-between gap-2">
      {newer ? (
        <Link to={to({ after: newer })} rel="prev" className={buttonClass({ size: "sm" })}>
          <ChevronLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
          {t("found.newer")}
        </Link>
      ) : (
        <span />
      )}
      {older && (
        <Link to={to({ before: older })} rel="next" className={buttonClass({ size: "sm" })}>
          {t("found.older")}
          <ChevronRight size={16} aria-hidden="true" className="rtl:rotate-180" />
        </Link>
      )}
    </nav>
  );
}
