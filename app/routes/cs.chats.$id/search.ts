import { useLocation, useSearchParams } from "@remix-run/react";
import { useMemo } from "react";
import type { Hit } from "~/chat/search-chat.server";
import type { Message } from "~/chat/shapes";

/** What the address searches in a chat: `?find` opens the field, `q` are the words, `at` the message that is looked at. */
export interface ChatSearch {
  q: string;
  at: number | null;
  hits: Hit[];
  /** The messages around `at`; null: the list of hits, or the end of the log. */
  around: Message[] | null;
}

/** Addresses inside the search; they keep the open list. */
export function useSearchLinks(q: string) {
  const { pathname } = useLocation();
  const list = useSearchParams()[0].get("list");
  return useMemo(() => {
    const to = (more: Record<string, string>, hash = "") => {
      const query = new URLSearchParams({ ...(list && { list }), ...more }).toString();
      return `${pathname}${query && `?${query}`}${hash}`;
    };
    return {
      list,
      closed: to({}),
      open: to({ find: "" }),
      all: to({ q }),
      at: (seq: number) => to({ ...(q && { q }), at: String(seq) }, `#m${seq}`),
    };
  }, [pathname, list, q]);
}

export const isSearching = (params: URLSearchParams) => ["find", "q", "at"].some((name) => params.has(name));
