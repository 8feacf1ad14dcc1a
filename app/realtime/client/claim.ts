import { newId } from "./new-id";
import { keep, type StorageLike } from "./storage";
import { pause } from "./timed";

export type Claim = <T>(work: () => Promise<T>) => Promise<T | undefined>;

/**
 * Lets one tab at a time do the work of that name; undefined when aborted before its turn. With Web Locks exactly one;
 * on plain-http pages, which have none, a lease in the storage that two tabs may at worst hold together for a moment.
 */
export function claimBy(storage: StorageLike, name: string, leaseMs: number, signal: AbortSignal): Claim {
  const locks = typeof localStorage !== "undefined" && storage === localStorage ? navigator.locks : undefined;
  if (!locks) return leaseOf(storage, `heradesk:lease:${name}`, leaseMs, signal);
  return async (work) => {
    try {
      return await locks.request(name, { signal }, work);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  };
}

function leaseOf(storage: StorageLike, key: string, leaseMs: number, signal: AbortSignal): Claim {
  const me = newId();
  const holder = () => {
    const [owner = "", until = "0"] = storage.getItem(key)?.split(" ") ?? [];
    return Number(until) > Date.now() ? owner : "";
  };
  return async (work) => {
    while (!signal.aborted && !["", me].includes(holder())) await pause(leaseMs / 20, signal);
    if (signal.aborted) return undefined;
    keep(storage, key, `${me} ${Date.now() + leaseMs}`);
    try {
      return await work();
    } finally {
      if (holder() === me) keep(storage, key, null);
    }
  };
}
