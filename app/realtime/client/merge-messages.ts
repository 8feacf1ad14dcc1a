import type { Message } from "~/chat/shapes";

/**
 * Adds rows to a list that is ordered by seq. Repeats change nothing (the same list comes back), late ones go to their
 * place, and a clientId is shown once. The result does not depend on the order or the number of arrivals.
 */
export function mergeMessages(list: readonly Message[], incoming: readonly Message[]): Message[] {
  let merged = list as Message[];
  for (const message of incoming) {
    const place = placeOf(merged, message.seq);
    const there = merged[place];
    if (there?.seq === message.seq) {
      if (!same(there, message)) merged = [...merged.slice(0, place), message, ...merged.slice(place + 1)];
      continue;
    }
    const twin = message.clientId === null ? -1 : merged.findIndex((other) => sameSend(other, message));
    if (twin >= 0 && merged[twin]!.seq < message.seq) continue;
    merged = [...merged.slice(0, place), message, ...merged.slice(place)];
    if (twin >= 0) merged.splice(twin + 1, 1);
  }
  return merged;
}

/** Where seq is or belongs; searched from the end, where new rows go. */
function placeOf(list: readonly Message[], seq: number): number {
  let place = list.length;
  while (place > 0 && list[place - 1]!.seq >= seq) place--;
  return place;
}

function sameSend(a: Message, b: Message): boolean {
  return a.clientId === b.clientId && a.senderType === b.senderType;
}

function same(a: Message, b: Message): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
