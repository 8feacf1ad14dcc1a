import { useText } from "~/messages/text";
import { StatusDot } from "./status-dot";

/** Whether somebody is there to answer. */
export function Presence({ online }: { online: boolean }) {
  const t = useText();
  return (
    <p className="inline-flex items-center gap-2 rounded-full border border-line bg-surface px-3 py-1 text-sm font-medium">
      <StatusDot status={online ? "online" : "offline"} />
      {t(online ? "landing.online" : "landing.offline")}
    </p>
  );
}
