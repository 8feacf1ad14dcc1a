/** How full somebody is. Decoration: the figures stand beside it. */
export function LoadBar({ active, max, className = "" }: { active: number; max: number; className?: string }) {
  const share = max > 0 ? Math.min(1, active / max) : 1;
  return (
    <svg
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`h-1.5 overflow-hidden rounded-full bg-surface-2 ${className}`}
    >
      <rect width={share * 100} height="4" className="fill-accent" />
    </svg>
  );
}
