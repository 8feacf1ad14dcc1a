import { Pill } from "~/components/pill";
import { useStaffText } from "~/messages/staff-text";
import type { Hit } from "~/reports/shapes";

/** A message with the words that were looked for. */
export function HitLine({ hit }: { hit: Hit }) {
  const t = useStaffText();
  return (
    <li className="break-anywhere flex gap-2 text-text-muted">
      <span className="line-clamp-2">
        {hit.note ? (
          <>
            <Pill>{t("found.note")}</Pill>{" "}
          </>
        ) : (
          <span className="font-medium text-text">{t(`found.by.${hit.senderType}`)}: </span>
        )}
        {hit.parts.map((part, i) =>
          part.hit ? (
            <mark key={i} className="rounded-[3px] bg-accent-soft px-0.5 font-medium text-text">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </span>
    </li>
  );
}
