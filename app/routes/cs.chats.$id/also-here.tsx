import Eye from "lucide-react/icons/eye";
import { useStaffText } from "~/messages/staff-text";
import { useViewers } from "~/routes/cs/workspace-context";

/** Which colleagues have this chat open too: seen before two answers are written. */
export function AlsoHere({ chatId }: { chatId: string }) {
  const t = useStaffText();
  const viewers = useViewers(chatId);
  const typing = viewers.filter(({ isTyping }) => isTyping);
  const names = (typing.length > 0 ? typing : viewers).map(({ name }) => name).join(", ");
  return (
    <div role="status">
      {names && (
        <p className="appear flex items-center gap-2 border-b border-line bg-surface-2 px-4 py-1.5 text-xs font-medium">
          <Eye size={14} aria-hidden="true" className="shrink-0 text-text-muted" />
          <span className="min-w-0 truncate">
            {t(typing.length > 0 ? "together.writes" : "together.here", { name: names })}
          </span>
        </p>
      )}
    </div>
  );
}
