/** What differs, as the log keeps it; null when nothing does. */
export function changesBetween<T extends object>(before: T, after: Partial<T>) {
  const names = (Object.keys(after) as (keyof T)[]).filter((name) => !same(before[name], after[name]));
  if (names.length === 0) return null;
  const only = (from: Partial<T>) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: only(before), after: only(after) };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
