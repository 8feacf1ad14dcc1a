import { useSyncExternalStore } from "react";

const KEY = "heradesk:enter-sends";
const readers = new Set<() => void>();

/** Whether Enter sends; each agent's own habit, kept in this browser. Ctrl+Enter always does. */
export function useEnterSends(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => read() !== "no",
    () => true,
  );
  return [on, write];
}

function subscribe(reader: () => void) {
  readers.add(reader);
  window.addEventListener("storage", reader);
  return () => {
    readers.delete(reader);
    window.removeEventListener("storage", reader);
  };
}

// Where storage is forbidden the choice lasts as long as the page.
let inMemory: string | null = null;

function read() {
  try {
    return localStorage.getItem(KEY) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function write(on: boolean) {
  inMemory = on ? "yes" : "no";
  try {
    localStorage.setItem(KEY, inMemory);
  } catch {
    // Kept above.
  }
  readers.forEach((reader) => reader());
}
