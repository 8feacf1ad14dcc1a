import { useStaffText } from "~/messages/staff-text";
import { DateTime } from "~/components/time";
import { because, headline, type Assignment } from "./why";

/** A chat's way through the team, and at each turn who else was thought of. */
export function Assignments({ assignments }: { assignments: readonly Assignment[] }) {
  const t = useStaffText();
  return (
    <section aria-labelledby="why" className="rounded-lg border border-line bg-surface p-4">
      <h2 id="why" className="font-semibold">
        {t("watch.why")}
      </h2>
      {assignments.length === 0 && <p className="mt-2 text-text-muted">{t("watch.why.none")}</p>}
      <ol className="mt-3 flex flex-col gap-4">
        {assignments.map((assignment, i) => (
          <li key={i} className="border-s-2 border-accent ps-3">
            <p className="font-medium first-letter:uppercase">{headline(assignment, t)}</p>
            <p className="text-text-muted">{because(assignment, t)}</p>
            <DateTime iso={assignment.createdAt} className="text-xs text-text-muted" />
          </li>
        ))}
      </ol>
    </section>
  );
}
