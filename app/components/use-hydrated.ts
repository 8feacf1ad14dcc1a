import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False while the server renders and in the first render of the browser, true from then on: for what needs scripts. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
