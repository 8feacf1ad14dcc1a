import Moon from "lucide-react/icons/moon";
import { useStaffText } from "~/messages/staff-text";
import { presenceOf } from "./team-list";
import { useMe, useWorkspace } from "./workspace-context";

/** Whoever chose to be online and has not touched anything for long gets no chats; here they see why. */
export function AwayNotice() {
  const t = useStaffText();
  const me = useMe();
  const away = useWorkspace(({ colleagues, status }) => {
    const own = colleagues.find(({ id }) => id === me.userId);
    return own !== undefined && presenceOf({ ...own, status }) === "away";
  });
  return (
    <div role="status">
      {away && (
        <p className="appear mx-3 mt-2 flex items-start gap-2 rounded bg-surface-2 px-3 py-2 text-xs font-medium text-text">
          <Moon size={14} aria-hidden="true" className="mt-px shrink-0" />
          {t("status.away.self")}
        </p>
      )}
    </div>
  );
}
