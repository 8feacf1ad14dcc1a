import { useEffect, useState } from "react";
import type { ChatSummary } from "~/chat/shapes";

const LOOK_MS = 5_000;

/**
 * Everybody's open chats. The socket tells each agent of their own only, so this list is asked for, again and again as long
 * as it is looked at. Null: not known yet; what the page brought is shown meanwhile.
 */
export function useAllChats(fromPage: ChatSummary[] | null): { chats: ChatSummary[] | null; failed: boolean } {
  const [chats, setChats] = useState(fromPage);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const response = await fetch("/api/cs/chats?list=all", { signal: gone.signal });
        if (!response.ok) throw new Error(`all chats: ${response.status}`);
        setChats(((await response.json()) as { chats: ChatSummary[] }).chats);
        setFailed(false);
      } catch {
        if (!gone.signal.aborted) setFailed(true);
      }
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      gone.abort();
    };
  }, []);
  return { chats, failed };
}
