import { nameOf, placeOf, type History, type Row } from "./history.ts";

/** C1: acknowledged ⊆ stored, at the place that was promised. */
export function acknowledgedIsStored({ acks, rows }: History): string[] {
  const stored = new Map(rows.map((row) => [nameOf(row), row]));
  return acks.flatMap((ack) => {
    const row = stored.get(nameOf(ack));
    if (!row) return [`lost: ${nameOf(ack)} was acknowledged and is not stored`];
    return row.seq === ack.seq ? [] : [`moved: ${nameOf(ack)} was acknowledged at ${ack.seq}, stored at ${row.seq}`];
  });
}

/** C2: whoever is connected at the end has seen all that was acknowledged, and all else that they may see. */
export function acknowledgedIsSeen({ acks, observers, rows }: History): string[] {
  const notes = new Set(rows.filter((row) => row.visibility === "staff").map(nameOf));
  return observers.flatMap((observer) =>
    observer.completeIn.flatMap((chat) => {
      const seen = new Set(observer.rendered.filter((line) => line.chat === chat).map(nameOf));
      const places = new Set(observer.rendered.filter((line) => line.chat === chat).map(placeOf));
      const mine = acks.filter((ack) => ack.chat === chat && (observer.side === "cs" || !notes.has(nameOf(ack))));
      const promised = mine.filter((ack) => !seen.has(nameOf(ack)));
      const stored = rows.filter((row) => row.chat === chat && maySee(observer.side, row) && !places.has(placeOf(row)));
      const missing = new Set([...promised.map(nameOf), ...stored.map(nameOf)]);
      return [...missing].map((name) => `unseen: ${observer.id} never saw ${name}`);
    }),
  );
}

/** C3: what was seen or stored was attempted, with that text; and everybody saw the text that is stored. */
export function seenWasAttempted({ attempts, observers, rows }: History): string[] {
  const texts = new Map<string, Set<string>>();
  for (const a of attempts) texts.set(nameOf(a), (texts.get(nameOf(a)) ?? new Set()).add(a.text));
  const stored = new Map(rows.map((row) => [placeOf(row), row]));
  const invented = rows
    .filter((row) => row.side !== "system" && !texts.get(nameOf(row))?.has(row.text))
    .map((row) => `unexpected: ${nameOf(row)} is stored with a text that nobody sent`);
  const strange = observers.flatMap((observer) =>
    [...observer.sightings, ...observer.rendered]
      .filter((line) => {
        const row = stored.get(placeOf(line));
        return row?.text !== line.text || row.clientId !== line.clientId || row.side !== line.side;
      })
      .map(
        (line) => `unexpected: ${observer.id} saw ${nameOf(line)} at ${line.seq}, which is not what is stored there`,
      ),
  );
  return [...invented, ...new Set(strange)];
}

/** C4: nothing twice, in the database or on a screen. */
export function nothingTwice({ observers, rows }: History): string[] {
  const stored = [
    ...doubles(rows, placeOf),
    ...doubles(
      rows.filter((row) => row.clientId),
      nameOf,
    ),
  ];
  return [
    ...stored.map((name) => `twice: ${name} is stored twice`),
    ...observers.flatMap((observer) => {
      const shown = [observer.sightings, observer.rendered].flatMap((lines) => [
        ...doubles(lines, placeOf),
        ...doubles(
          lines.filter((line) => line.clientId),
          nameOf,
        ),
      ]);
      return [...new Set(shown)].map((name) => `twice: ${observer.id} saw ${name} twice`);
    }),
  ];
}

/** A send without an acknowledgement is stored all the same, or its sender still has it, or was told no. */
export function unsentIsKept({ attempts, acks, rows }: History): string[] {
  const settled = new Set([...acks, ...rows].map(nameOf));
  return attempts
    .filter((a) => a.left === "gone" && !settled.has(nameOf(a)))
    .map((a) => `vanished: ${nameOf(a)} is neither stored nor with ${a.sender}`);
}

export const maySee = (side: "customer" | "cs", row: Row) => side === "cs" || row.visibility === "all";

function doubles<T>(items: T[], key: (item: T) => string): string[] {
  const seen = new Set<string>();
  return items.map(key).filter((name) => seen.has(name) || !seen.add(name));
}
