/** Of several results of one shape, one in which every number is the middle one of theirs; the rest is the first's. */
export function middle<T>(results: T[]): T {
  const [first] = results;
  if (typeof first === "number") return median(results as number[]) as T;
  if (typeof first !== "object" || first === null) return first as T;
  const fields = Object.keys(first) as (keyof T)[];
  return Object.fromEntries(fields.map((field) => [field, middle(results.map((result) => result[field]))])) as T;
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
