/** The new list with the old entries wherever nothing changed, and the old list when nothing did: rows compare by identity. */
export function reuse<T extends { id: string | number }>(before: T[], after: T[] | undefined): T[] {
  if (!after) return before;
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const list = after.map((entry) => {
    const old = known.get(entry.id);
    return old && JSON.stringify(old) === JSON.stringify(entry) ? old : entry;
  });
  return list.length === before.length && list.every((entry, i) => entry === before[i]) ? before : list;
}

export function put<T extends { id: string | number }>(list: T[], entry: T): T[] {
  const place = list.findIndex(({ id }) => id === entry.id);
  return reuse(list, place < 0 ? [...list, entry] : list.map((old, i) => (i === place ? entry : old)));
}

export function drop<T extends { id: string | number }>(list: T[], id: T["id"]): T[] {
  return list.some((entry) => entry.id === id) ? list.filter((entry) => entry.id !== id) : list;
}

export function change<T extends { id: string | number }>(
  list: T[],
  id: T["id"],
  patch: (entry: T) => Partial<T>,
): T[] {
  const entry = list.find((one) => one.id === id);
  return entry ? put(list, { ...entry, ...patch(entry) }) : list;
}
