import type { ChatStatus, EndReason, SenderType } from "~/chat/shapes";

/** A line of the list of all chats. */
export interface FoundChat {
  id: string;
  status: ChatStatus;
  customerName: string | null;
  customerEmail: string | null;
  csId: number | null;
  csName: string | null;
  createdAt: string;
  endedAt: string | null;
  endReason: EndReason | null;
  /** Until somebody took it up, or until it ended without; of a waiting chat, until now. Seconds. */
  waitedSeconds: number;
  /** Rows of the log. */
  length: number;
  rating: number | null;
  labels: string[];
  /** The customer's first words; of a search, what matched instead. */
  opening: string | null;
  hits: Hit[];
}

/** A message in which the words were found. */
export interface Hit {
  seq: number;
  senderType: SenderType;
  /** Only colleagues saw it. */
  note: boolean;
  parts: HitPart[];
}

export interface HitPart {
  text: string;
  hit?: true;
}

/** Half are at most the median, nine of ten at most p90. Seconds; null when there is none. */
export interface Spread {
  median: number | null;
  p90: number | null;
}

/** What happened in a range. Waiting and first reply count for the chats that began in it, the rest for those that ended. */
export interface Figures {
  started: number;
  ended: number;
  /** Ended by their customers before anybody took them up. */
  abandoned: number;
  /** Until somebody took the chat up. */
  waiting: Spread;
  /** From the chat's beginning to the first answer. */
  firstReply: Spread;
  /** From beginning to end, of chats that somebody took up. */
  resolution: Spread;
  /** 1 to 5, the mean; null when nobody rated. */
  rating: number | null;
  rated: number;
}

export interface DayFigures extends Figures {
  /** 2026-11-22 */
  day: string;
}

export interface HourFigures {
  /** 0 to 23, of all days of the range. */
  hour: number;
  started: number;
  ended: number;
}

export interface AgentFigures {
  id: number;
  name: string;
  now: Figures;
  before: Figures;
  /** Seconds in the range. */
  online: number;
  busy: number;
  away: number;
}

export interface DayRange {
  /** Days, both included. */
  from: string;
  to: string;
}

export interface Trends {
  range: DayRange;
  before: DayRange;
  timeZone: string;
  now: Figures;
  past: Figures;
  days: DayFigures[];
  hours: HourFigures[];
  agents: AgentFigures[];
}
