import { useSearchParams } from "@remix-run/react";

export const LISTS = ["mine", "queue", "all", "team"] as const;
export type ListName = (typeof LISTS)[number];

/** Which list is open is part of the address (?list=queue): it survives a reload and works without scripts. */
export function asListName(value: string | null): ListName {
  return LISTS.find((name) => name === value) ?? "mine";
}

export function useListName(): ListName {
  return asListName(useSearchParams()[0].get("list"));
}

/** What an address inside the workspace ends with, so that the open list stays open. */
export function listSearch(list: ListName): string {
  return list === "mine" ? "" : `?list=${list}`;
}
