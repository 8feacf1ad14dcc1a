import type { LabelColour } from "~/chat/shapes";

export const LABEL_CLASS: Record<LabelColour, string> = {
  slate: "bg-label-slate-soft text-label-slate",
  teal: "bg-label-teal-soft text-label-teal",
  blue: "bg-label-blue-soft text-label-blue",
  violet: "bg-label-violet-soft text-label-violet",
  pink: "bg-label-pink-soft text-label-pink",
  red: "bg-label-red-soft text-label-red",
  amber: "bg-label-amber-soft text-label-amber",
  green: "bg-label-green-soft text-label-green",
};

/** What a chat is about, in a word of the team's. */
export function LabelPill({ name, colour, className = "" }: { name: string; colour: LabelColour; className?: string }) {
  return (
    <span
      title={name}
      className={`inline-block max-w-full truncate rounded-full px-2.5 py-0.5 text-xs font-medium ${LABEL_CLASS[colour]} ${className}`}
    >
      {name}
    </span>
  );
}
