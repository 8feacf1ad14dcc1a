import { isChange, type Change, type Message } from "../../chat/shapes";

/**
 * What a log ordered by seq looks like: each message as its newest change left it, and no row for the changes. It depends
 * on nothing but the rows, so that an older page of the log cannot bring an older text back.
 */
export function applyChanges(log: Message[]): Message[] {
  const newest = new Map<number, Change>();
  for (const row of log) if (isChange(row)) newest.set(row.event.seq, row);
  if (newest.size === 0) return log;
  return log
    .filter((row) => !isChange(row))
    .map((row) => {
      const change = newest.get(row.seq);
      return change ? changed(row, change) : row;
    });
}

const made = new WeakMap<Message, { by: Change; result: Message }>();

/** The same object for the same change: what did not change again is not drawn again. */
function changed(row: Message, by: Change): Message {
  const known = made.get(row);
  if (known?.by === by) return known.result;
  const { event } = by;
  const result: Message =
    event.kind === "edited"
      ? { ...row, content: event.content, edited: true }
      : { ...row, content: "", attachments: [], takenBack: true };
  made.set(row, { by, result });
  return result;
}
