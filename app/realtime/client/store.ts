/** A value that can be read at any time and says when it changed; the shape React's useSyncExternalStore wants. */
export interface Readable<T> {
  getSnapshot(): T;
  subscribe(fn: () => void): () => void;
}

export interface Store<T> extends Readable<T> {
  /** Changes nothing, and wakes nobody, when every given field is the same as before. */
  set(patch: Partial<T>): void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let snapshot = initial;
  const readers = new Set<() => void>();
  return {
    getSnapshot: () => snapshot,
    subscribe(fn) {
      // One wrapper for each subscription: the same function may subscribe twice.
      const reader = () => fn();
      readers.add(reader);
      return () => void readers.delete(reader);
    },
    set(patch) {
      const fields = Object.keys(patch) as (keyof T)[];
      if (fields.every((field) => Object.is(patch[field], snapshot[field]))) return;
      snapshot = { ...snapshot, ...patch };
      for (const reader of [...readers]) reader();
    },
  };
}
