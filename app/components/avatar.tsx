const SIZES = {
  sm: "h-7 w-7 text-[0.6875rem]",
  md: "h-9 w-9 text-xs",
  lg: "h-12 w-12 text-base",
};

/** A picture, or the initials of a name. Decoration: the name stands beside it. */
export function Avatar({
  name,
  url,
  size = "md",
}: {
  name: string | null;
  url?: string | null;
  size?: keyof typeof SIZES;
}) {
  const shape = `${SIZES[size]} shrink-0 rounded-full`;
  if (url) return <img src={url} alt="" className={`${shape} object-cover`} />;
  return (
    <span
      aria-hidden="true"
      className={`${shape} grid select-none place-items-center bg-accent-soft font-semibold text-accent-strong`}
    >
      {initials(name)}
    </span>
  );
}

/** "Dewi Putri" -> "DP", "budi" -> "B", nobody -> "?". Whole characters, so that no emoji is cut in two. */
export function initials(name: string | null): string {
  const words = (name ?? "").trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("") || "?";
}
