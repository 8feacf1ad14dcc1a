import BellRing from "lucide-react/icons/bell-ring";
import { Button } from "~/components/button";
import { useHydrated } from "~/components/use-hydrated";
import { useStaffText } from "~/messages/staff-text";
import { askToNotify, useAlertChoices } from "./alert-choices";
import { useWorkspace } from "./workspace-context";

/** Once somebody is online they can say whether the browser may tell them; asked once, and only by their press. */
export function NotifyOffer() {
  const t = useStaffText();
  const status = useWorkspace((now) => now.status);
  const [{ asked, notify }, choose] = useAlertChoices();
  if (!useHydrated() || status !== "online" || asked || notify) return null;
  if (typeof Notification === "undefined" || Notification.permission !== "default") return null;
  return (
    <div className="appear mx-3 mt-2 rounded bg-surface-2 p-3 text-xs">
      <p className="flex items-start gap-2">
        <BellRing size={14} aria-hidden="true" className="mt-px shrink-0 text-text-muted" />
        {t("alerts.offer")}
      </p>
      <p className="mt-2 flex gap-2 ps-[1.375rem]">
        <Button type="button" size="sm" onClick={() => void askToNotify()}>
          {t("alerts.offer.yes")}
        </Button>
        <Button type="button" size="sm" look="quiet" onClick={() => choose({ asked: true })}>
          {t("alerts.offer.no")}
        </Button>
      </p>
    </div>
  );
}
