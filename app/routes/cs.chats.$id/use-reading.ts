import { useEffect, useState } from "react";
import type { Message } from "~/chat/shapes";

/** What is on the screen of an agent who looks at it counts as read. */
export function useReading(markRead: ((seq: number) => void) | undefined, lastSeq: number) {
  useEffect(() => {
    if (!markRead || lastSeq === 0) return;
    const mark = () => {
      if (document.visibilityState === "visible") markRead(lastSeq);
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [markRead, lastSeq]);
}

/**
 * Where the unread part begins: what was unread when the chat was opened, or the first message that came while nobody
 * looked. It stays put while one reads, and goes with the answer.
 */
export function useUnreadFrom(messages: readonly Message[], unread: number): number | null {
  const [from, setFrom] = useState(() => firstUnread(messages, unread));
  const newest = messages.at(-1);
  useEffect(() => {
    if (!newest || document.visibilityState === "visible") return;
    if (isTheirs(newest)) setFrom((known) => known ?? newest.seq);
  }, [newest]);
  const answered = from !== null && messages.some((message) => message.senderType === "cs" && message.seq > from);
  return answered ? null : from;
}

// Where everything is new, a line that says so says nothing.
function firstUnread(messages: readonly Message[], unread: number): number | null {
  const theirs = messages.filter(isTheirs);
  return unread > 0 && unread < theirs.length ? (theirs.at(-unread)?.seq ?? null) : null;
}

const isTheirs = (message: Message) => message.senderType === "customer";
