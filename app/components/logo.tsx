/** The eye of a peacock's feather, for Hera's bird. Takes its size from `className`. */
export function Logo({ className = "h-8 w-8" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path d="M16 28V17" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M16 4.5c4.6 3.4 7 6.6 7 10a7 7 0 0 1-14 0c0-3.4 2.4-6.6 7-10Z"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="14.5" r="3" fill="var(--on-accent)" />
    </svg>
  );
}
