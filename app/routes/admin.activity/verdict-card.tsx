import type { Verdict } from "~/activity/verify-activity.server";
import { useStaffText } from "~/messages/staff-text";

/** What walking the chain has shown. */
export function VerdictCard({ verdict: { checked, head, broken } }: { verdict: Verdict }) {
  const t = useStaffText();
  return (
    <section
      role={broken ? "alert" : "status"}
      className={`mb-5 rounded-lg p-4 ${broken ? "bg-danger-soft text-danger" : "bg-accent-soft text-accent-strong"}`}
    >
      <p className="font-semibold">
        {broken
          ? t(`activity.broken.${broken.how}`, { position: broken.position })
          : t("activity.whole", { count: checked })}
      </p>
      <p className="break-anywhere mt-1 text-text">
        {broken
          ? t("activity.broken.text", { count: checked, id: broken.id ?? "–" })
          : t("activity.whole.text", { hash: head.slice(0, 16) })}
      </p>
    </section>
  );
}
