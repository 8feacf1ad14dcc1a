import CloudOff from "lucide-react/icons/cloud-off";
import { useStays } from "~/components/use-stays";
import { useText } from "~/messages/text";
import type { ConversationSnapshot } from "~/realtime/client/conversation";

const PATIENCE_MS = 3_000;

/** Says that the connection is gone when it stays gone; a blink is nobody's business. */
export function ConnectionNotice({ connection }: Pick<ConversationSnapshot, "connection">) {
  const t = useText();
  const lost = useStays(connection !== "live" && connection !== "polling", PATIENCE_MS);
  return (
    <div role="status">
      {lost && (
        <p className="appear flex items-center gap-2 border-b border-line bg-surface-2 px-4 py-2 text-sm text-text-muted sm:px-5">
          <CloudOff size={16} aria-hidden="true" className="shrink-0" />
          {t("chat.lost")}
        </p>
      )}
    </div>
  );
}
