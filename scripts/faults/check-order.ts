import { maySee } from "./check-loss.ts";
import { nameOf, type History, type Line, type Observer, type Row } from "./history.ts";

/** C5: stored 1..n without a gap, and every observer's order is that order, with nothing left out on the way. */
export function everyOrderIsTheLogs({ observers, rows }: History): string[] {
  const logs = byChat(rows);
  const gaps = [...logs].flatMap(([chat, log]) => {
    const seqs = log.map((row) => row.seq).sort((a, b) => a - b);
    const at = seqs.findIndex((seq, i) => seq !== i + 1);
    return at < 0 ? [] : [`gap: the log of ${chat} has ${seqs[at]} where ${at + 1} belongs`];
  });
  return [...gaps, ...observers.flatMap((observer) => disorder(observer, logs))];
}

function disorder(observer: Observer, logs: Map<string, Row[]>): string[] {
  const came = [...byChat(observer.sightings.filter((s) => !s.own))].flatMap(([chat, lines]) =>
    climbs(lines) ? [] : [`order: ${observer.id} saw ${chat} arrive as ${seqsOf(lines)}`],
  );
  const stands = [...byChat(observer.rendered)].flatMap(([chat, lines]) => {
    const visible = (logs.get(chat) ?? []).filter((row) => maySee(observer.side, row)).sort((a, b) => a.seq - b.seq);
    // One's own may stand there before what others wrote a moment earlier; see Sighting.own.
    const others = lines.filter((line) => line.side !== observer.side);
    const expected = visible.filter((row) => row.side !== observer.side);
    const first = Math.max(
      expected.findIndex((row) => row.seq === others[0]?.seq),
      0,
    );
    const same = climbs(lines) && others.every((line, i) => line.seq === expected[first + i]?.seq);
    return same ? [] : [`order: ${observer.id} has ${chat} on the screen as ${seqsOf(lines)}`];
  });
  return [...came, ...stands];
}

/** C6: what one person sent one after the other stands in that order. */
export function sendOrderIsKept({ attempts, rows }: History): string[] {
  const seqs = new Map(rows.map((row) => [nameOf(row), row.seq]));
  const last = new Map<string, { seq: number; name: string }>();
  const known = new Set<string>();
  return [...attempts]
    .sort((a, b) => a.at - b.at)
    .flatMap((attempt) => {
      const name = nameOf(attempt);
      const seq = seqs.get(name);
      if (attempt.unordered || seq === undefined || known.has(name)) return [];
      known.add(name);
      const sender = `${attempt.chat} ${attempt.sender}`;
      const before = last.get(sender);
      last.set(sender, { seq, name });
      return before && before.seq > seq ? [`order: ${name} was sent after ${before.name} and stands before it`] : [];
    });
}

/** C8: snapshot at k + events after k = fresh snapshot. */
export function snapshotsAddUp({ samples }: History): string[] {
  const picture = (lines: Line[]) => JSON.stringify(lines.map((l) => [l.seq, l.side, l.clientId, l.text]));
  return samples
    .filter((s) => picture([...s.snapshot, ...s.after]) !== picture(s.fresh))
    .map((s) => `snapshot: ${s.chat} at ${s.k} plus what came after is not what a fresh reader gets`);
}

function byChat<T extends Line>(lines: T[]): Map<string, T[]> {
  const chats = new Map<string, T[]>();
  for (const line of lines) {
    const chat = chats.get(line.chat);
    if (chat) chat.push(line);
    else chats.set(line.chat, [line]);
  }
  return chats;
}

const climbs = (lines: Line[]) => lines.every((line, i) => i === 0 || line.seq > (lines[i - 1]?.seq ?? 0));

/** The neighbourhood of the first step back, or else of the first gap; a whole log would drown it. */
function seqsOf(lines: Line[]): string {
  const step = (by: (before: number, seq: number) => boolean) =>
    lines.findIndex((line, i) => i > 0 && by(lines[i - 1]?.seq ?? 0, line.seq));
  const back = step((before, seq) => seq <= before);
  const at = back >= 0 ? back : step((before, seq) => seq !== before + 1);
  const part = lines.slice(Math.max(at - 2, 0), Math.max(at, 0) + 3);
  return `… ${part.map((line) => line.seq).join(", ")} …`;
}
