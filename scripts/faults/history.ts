/** What happened in a run, as plain data: who tried what, what was promised, what was seen, what is stored. */

export type Side = "customer" | "cs" | "system";

export interface Attempt {
  chat: string;
  side: Side;
  /** Who sent it: one person's sends have an order. */
  sender: string;
  clientId: string;
  text: string;
  at: number;
  /** Sent beside others at the same moment, so its place among them means nothing. */
  unordered?: boolean;
  /** Where a send that was never acknowledged is at the end: still with its sender, refused in words, or nowhere. */
  left?: "kept" | "told" | "gone";
}

export interface Ack {
  chat: string;
  side: Side;
  clientId: string;
  seq: number;
  at: number;
}

export interface Line {
  chat: string;
  seq: number;
  side: Side;
  clientId: string | null;
  text: string;
}

export interface Sighting extends Line {
  at: number;
  /** One's own: it may take its place when it is acknowledged, before what others wrote a moment earlier has come. */
  own?: boolean;
}

export interface Row extends Line {
  visibility: "all" | "staff";
}

/** One person before one screen (or one program reading). */
export interface Observer {
  id: string;
  side: "customer" | "cs";
  /** What came, in the order in which it came; the same message again is a second sighting. */
  sightings: Sighting[];
  /** What stood on the screen at the end, chat by chat, top to bottom. */
  rendered: Line[];
  /** Chats that this one had open, connected, when the run had settled. */
  completeIn: string[];
}

export interface Span {
  from: number;
  /** null: until the end. */
  to: number | null;
}

/** From when to when a person was entitled to see a chat. */
export interface Access extends Span {
  observer: string;
  chat: string;
}

export interface Assignment extends Span {
  chat: string;
  agent: string;
  /** By the program itself, not by a person who accepted. */
  automatic?: boolean;
}

export interface Presence extends Span {
  agent: string;
}

/** Zulip's test: what stood at `k`, plus the events after it, against a snapshot taken at the end. */
export interface Sample {
  chat: string;
  k: number;
  snapshot: Line[];
  after: Line[];
  fresh: Line[];
}

/** A claim that belongs to one fault, as "exits within 10 s". */
export interface Claim {
  name: string;
  holds: boolean;
  saw: string;
}

export interface History {
  attempts: Attempt[];
  acks: Ack[];
  observers: Observer[];
  rows: Row[];
  access: Access[];
  assignments: Assignment[];
  capacity: Record<string, number>;
  presence: Presence[];
  samples: Sample[];
  claims: Claim[];
  faults: { name: string; bites: number }[];
  limits: Limits;
}

export interface Limits {
  /** Fewer acknowledged sends than this prove nothing. */
  minAcked: number;
  /** Two clocks and a delivery on its way: how late a sighting or an assignment may be. */
  toleranceMs: number;
  /** For how long an agent who vanished still counts as present. */
  leaseMs: number;
}

export interface Violation {
  property: string;
  what: string;
}

export const nameOf = (item: { chat: string; side: Side; clientId: string | null }) =>
  `${item.chat} ${item.side} ${item.clientId}`;

export const placeOf = (line: { chat: string; seq: number }) => `${line.chat}#${line.seq}`;
