import { useSyncExternalStore } from "react";
import type { Readable } from "./store";

const never = () => () => {};

/** The snapshot of a store, live. Before there is a store (on the server, before scripts run) it is the fallback. */
export function useStore<T>(store: Readable<T>): T;
export function useStore<T, F>(store: Readable<T> | null | undefined, fallback: F): T | F;
export function useStore<T, F>(store: Readable<T> | null | undefined, fallback?: F): T | F {
  const read = () => (store ? store.getSnapshot() : (fallback as F));
  return useSyncExternalStore(store ? store.subscribe : never, read, read);
}
