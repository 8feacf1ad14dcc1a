/** The part of localStorage that is used. `onChange` is for storages without the browser's `storage` event. */
export interface StorageLike {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  onChange?(fn: (key: string) => void): () => void;
}

/** localStorage where it works; pages that may not use it keep their texts until they are closed. */
export function browserStorage(): StorageLike {
  try {
    localStorage.getItem("heradesk:probe");
    return localStorage;
  } catch {
    return memoryStorage();
  }
}

export function memoryStorage(): StorageLike {
  const values = new Map<string, string>();
  const readers = new Set<(key: string) => void>();
  const changed = (key: string) => readers.forEach((reader) => reader(key));
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => (values.set(key, value), changed(key)),
    removeItem: (key) => (values.delete(key), changed(key)),
    onChange(fn) {
      readers.add(fn);
      return () => void readers.delete(fn);
    },
  };
}

export function keysOf(storage: StorageLike, prefix: string): string[] {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i));
  return keys.filter((key): key is string => key !== null && key.startsWith(prefix));
}

/** A full or forbidden storage must not stop anybody from writing to us. Answers whether it was kept. */
export function keep(storage: StorageLike, key: string, value: string | null): boolean {
  try {
    if (value === null) storage.removeItem(key);
    else storage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** What other tabs change. Returns its own stop. */
export function watchStorage(storage: StorageLike, fn: (key: string) => void): () => void {
  if (storage.onChange) return storage.onChange(fn);
  if (typeof window === "undefined") return () => {};
  const heard = (event: StorageEvent) =>
    event.storageArea === (storage as unknown) && event.key !== null && fn(event.key);
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}
