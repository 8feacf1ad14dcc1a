import { describe, expect, test } from "vitest";
import { check } from "./checker.ts";
import type { Attempt, History, Line, Row, Sighting } from "./history.ts";

const ADA = "customer:ada";
const DEWI = "cs:dewi";

describe("a history passes", () => {
  test("when everything acknowledged was stored and seen by all, in order", () => {
    expect(check(story())).toMatchObject({
      verdict: "valid",
      violations: [],
      counts: { acked: 6, stored: 8, bites: 1 },
    });
  });

  test("when a send without an answer was stored after all", () => {
    const history = story();
    history.acks = history.acks.filter((a) => a.clientId !== "c3");
    expect(check(history).verdict).toBe("valid");
  });

  test("when a send was never stored and its sender still has it", () => {
    const history = story();
    history.attempts.push(attempt({ clientId: "c9", text: "still here", at: 900, left: "kept" }));
    expect(check(history).verdict).toBe("valid");
  });

  test("when a name was sent twice, with another text, and the first stands", () => {
    const history = story();
    history.attempts.push(attempt({ clientId: "c1", text: "another text", at: 900 }));
    history.acks.push({ chat: "one", side: "customer", clientId: "c1", seq: 2, at: 901 });
    expect(check(history).verdict).toBe("valid");
  });

  test("when a customer does not see a note between colleagues", () => {
    const history = story();
    const note = history.rows.find((row) => row.clientId === "s2") as Row;
    note.visibility = "staff";
    forget(history, ADA, "s2");
    expect(check(history).verdict).toBe("valid");
  });

  test("when a chat goes from one agent to another without a moment together", () => {
    const history = story();
    history.assignments = [
      { chat: "one", agent: DEWI, from: 10, to: 400 },
      { chat: "one", agent: "cs:budi", from: 400, to: null },
    ];
    expect(check(history).verdict).toBe("valid");
  });

  test("when an agent is given a chat within the lease after leaving", () => {
    const history = story();
    history.assignments = [{ chat: "one", agent: DEWI, from: 1_900, to: null, automatic: true }];
    history.presence = [{ agent: DEWI, from: 0, to: 1_000 }];
    expect(check(history).verdict).toBe("valid");
  });
});

/** Each must be found, under the property that it breaks. */
const BROKEN: [property: string, what: string, breakIt: (history: History) => void][] = [
  ["C1", "an acknowledged send is not stored", (h) => remove(h.rows, (row) => row.clientId === "c3")],
  ["C1", "an acknowledged send is stored at another place", (h) => ack(h, "c3").seq++],
  ["C2", "an agent never saw an acknowledged send", (h) => forget(h, DEWI, "c3")],
  ["C2", "the newest send never reached its reader", (h) => forget(h, ADA, "s3")],
  [
    "C2",
    "what a dead process stored without acknowledging it is seen by nobody",
    (h) => {
      remove(h.acks, (a) => a.clientId === "s3");
      forget(h, ADA, "s3");
      forget(h, DEWI, "s3");
    },
  ],
  ["C3", "a stored message was sent by nobody", (h) => remove(h.attempts, (a) => a.clientId === "c2")],
  ["C3", "a message is stored with another text", (h) => (row(h, "c2").text = "garbled")],
  ["C3", "an observer saw another text than is stored", (h) => (seen(h, ADA, "c2").text = "garbled")],
  [
    "C3",
    "an observer saw what is not stored: the write was rolled back",
    (h) => {
      h.attempts.push(attempt({ clientId: "c9", text: "ghost", at: 900, left: "kept" }));
      screen(h, DEWI).sightings.push({ chat: "one", seq: 9, side: "customer", clientId: "c9", text: "ghost", at: 901 });
    },
  ],
  [
    "C4",
    "a send is stored twice",
    (h) => {
      for (const o of h.observers) for (const lines of [o.sightings, o.rendered]) lines.push(again(lines));
      h.rows.push({ ...row(h, "c3"), seq: 9 });
    },
  ],
  ["C4", "two rows have the same place", (h) => h.rows.push({ ...row(h, "c3"), clientId: "c4" })],
  ["C4", "a message stands twice on a screen", (h) => screen(h, ADA).rendered.push({ ...row(h, "s3") })],
  ["C4", "a message came twice to a screen", (h) => screen(h, ADA).sightings.push({ ...row(h, "s3"), at: 990 })],
  [
    "C5",
    "the log has a gap",
    (h) => {
      for (const lines of [h.acks, ...everywhere(h)]) for (const line of lines) if (line.seq > 4) line.seq++;
    },
  ],
  ["C5", "one screen has two messages the other way round", (h) => swap(screen(h, ADA).rendered)],
  ["C5", "messages came in another order than they stand in", (h) => swap(screen(h, DEWI).sightings)],
  ["C5", "a screen leaves one out on the way", (h) => remove(screen(h, DEWI).rendered, (l) => l.clientId === "c2")],
  [
    "C6",
    "what was sent first stands second",
    (h) => {
      for (const lines of [h.acks, ...everywhere(h)]) {
        for (const line of lines)
          line.seq = ({ c1: 3, c2: 2 } as Record<string, number>)[line.clientId ?? ""] ?? line.seq;
        lines.sort((a, b) => a.seq - b.seq);
      }
    },
  ],
  [
    "C7",
    "a customer saw a stranger's chat",
    (h) => {
      h.rows.push({ ...row(h, "c1"), chat: "two", seq: 1 });
      h.attempts.push({ ...attempt({ clientId: "c1", text: row(h, "c1").text, at: 5 }), chat: "two" });
      screen(h, ADA).sightings.push({ ...row(h, "c1"), chat: "two", seq: 1, at: 700 });
    },
  ],
  [
    "C7",
    "an agent still saw a chat after handing it over",
    (h) => (h.access.find((a) => a.observer === DEWI)!.to = 400),
  ],
  ["C8", "snapshot and events after it leave a gap", (h) => h.samples[0]?.after.shift()],
  [
    "C8",
    "snapshot and events after it overlap",
    (h) => {
      const sample = h.samples[0]!;
      sample.after.unshift(sample.snapshot.at(-1)!);
    },
  ],
  ["C9", "two agents have one chat", (h) => h.assignments.push({ chat: "one", agent: "cs:budi", from: 300, to: 310 })],
  [
    "C9",
    "an agent has more chats than they take",
    (h) => {
      h.capacity[DEWI] = 2;
      for (const chat of ["two", "three"]) h.assignments.push({ chat, agent: DEWI, from: 20, to: null });
    },
  ],
  [
    "presence",
    "the queue gave a chat to somebody who had left",
    (h) => {
      h.assignments = [{ chat: "one", agent: DEWI, from: 9_000, to: null, automatic: true }];
      h.presence = [{ agent: DEWI, from: 0, to: 1_000 }];
    },
  ],
  [
    "outbox",
    "a send is neither stored nor with its sender",
    (h) => h.attempts.push(attempt({ clientId: "c9", text: "gone", at: 900, left: "gone" })),
  ],
  [
    "claim",
    "something that the fault promised did not hold",
    (h) => h.claims.push({ name: "stops within 10 s", holds: false, saw: "14 s" }),
  ],
];

describe("a history fails", () => {
  test.each(BROKEN)("%s: %s", (property, _what, breakIt) => {
    const history = story();
    breakIt(history);
    const result = check(history);
    expect(result.verdict).toBe("invalid");
    expect(result.violations.map((v) => v.property)).toContain(property);
  });

  test("even when it also proves too little", () => {
    const history = story();
    history.faults = [];
    remove(history.rows, (r) => r.clientId === "s3");
    expect(check(history).verdict).toBe("invalid");
  });
});

describe("a history proves nothing", () => {
  test.each<[string, (history: History) => void, RegExp]>([
    ["when its fault did not bite", (h) => (h.faults = [{ name: "1 kill", bites: 0 }]), /did not bite/],
    ["when one of two faults did not bite", (h) => h.faults.push({ name: "8 cut", bites: 0 }), /8 cut did not bite/],
    ["without a fault", (h) => (h.faults = []), /no fault/],
    ["when too little was acknowledged", (h) => (h.limits.minAcked = 7), /only 6 sends/],
    ["when nobody was watching at the end", (h) => h.observers.forEach((o) => (o.completeIn = [])), /no observer/],
    [
      "when nothing happened",
      (h) => Object.assign(h, { attempts: [], acks: [], rows: [], samples: [], observers: [] }),
      /only 0/,
    ],
  ])("%s", (_name, weaken, doubt) => {
    const history = story();
    weaken(history);
    expect(check(history)).toMatchObject({ verdict: "unknown", doubts: [expect.stringMatching(doubt)] });
  });
});

/** Ada and Dewi talk: a chat that starts, is assigned, and has six messages; both saw all of it. */
function story(): History {
  const line = (seq: number, side: Row["side"], clientId: string | null): Row => ({
    chat: "one",
    seq,
    side,
    clientId,
    text: `text of ${clientId ?? seq}`,
    visibility: "all",
  });
  const rows = [
    line(1, "system", null),
    line(2, "customer", "c1"),
    line(3, "customer", "c2"),
    line(4, "cs", "s1"),
    line(5, "customer", "c3"),
    line(6, "cs", "s2"),
    line(7, "cs", "s3"),
    line(8, "system", null),
  ];
  const sends = rows.filter((r) => r.clientId);
  const view = (): Sighting[] => rows.map(({ visibility: _, ...r }) => ({ ...r, at: 100 * r.seq + 9 }));
  const plain = (): Line[] => rows.map(({ visibility: _, ...r }) => ({ ...r }));
  return {
    attempts: sends.map((r) =>
      attempt({ ...r, clientId: r.clientId!, at: 100 * r.seq, sender: r.side === "cs" ? DEWI : ADA }),
    ),
    acks: sends.map((r) => ({ chat: r.chat, side: r.side, clientId: r.clientId!, seq: r.seq, at: 100 * r.seq + 5 })),
    observers: [
      { id: ADA, side: "customer", sightings: view(), rendered: plain(), completeIn: ["one"] },
      { id: DEWI, side: "cs", sightings: view(), rendered: plain(), completeIn: ["one"] },
    ],
    rows,
    access: [ADA, DEWI].map((observer) => ({ observer, chat: "one", from: 0, to: null })),
    assignments: [{ chat: "one", agent: DEWI, from: 10, to: null, automatic: true }],
    capacity: { [DEWI]: 5 },
    presence: [{ agent: DEWI, from: 0, to: null }],
    samples: [{ chat: "one", k: 4, snapshot: plain().slice(0, 4), after: plain().slice(4), fresh: plain() }],
    claims: [{ name: "stops within 10 s", holds: true, saw: "1 s" }],
    faults: [{ name: "1 kill", bites: 1 }],
    limits: { minAcked: 5, toleranceMs: 50, leaseMs: 1_000 },
  };
}

function attempt(given: Partial<Attempt> & { clientId: string; text: string; at: number }): Attempt {
  const { side = "customer", sender = ADA, clientId, text, at, left } = given;
  return { chat: "one", side, sender, clientId, text, at, ...(left && { left }) };
}

const screen = (h: History, id: string) => h.observers.find((o) => o.id === id)!;
const row = (h: History, clientId: string) => h.rows.find((r) => r.clientId === clientId)!;
const ack = (h: History, clientId: string) => h.acks.find((a) => a.clientId === clientId)!;
const seen = (h: History, id: string, clientId: string) =>
  screen(h, id).sightings.find((s) => s.clientId === clientId)!;
const again = <T extends Line>(lines: T[]) => ({ ...lines.find((l) => l.clientId === "c3")!, seq: 9 });
const everywhere = (h: History): { seq: number; clientId: string | null }[][] => [
  h.rows,
  ...h.observers.flatMap((o) => [o.sightings, o.rendered]),
];

function forget(h: History, id: string, clientId: string) {
  remove(screen(h, id).sightings, (s) => s.clientId === clientId);
  remove(screen(h, id).rendered, (s) => s.clientId === clientId);
}

function remove<T>(items: T[], which: (item: T) => boolean) {
  for (let i = items.length - 1; i >= 0; i--) if (which(items[i]!)) items.splice(i, 1);
}

function swap(lines: Line[]) {
  [lines[3], lines[4]] = [lines[4]!, lines[3]!];
}
