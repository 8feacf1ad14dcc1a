import type { Attachment } from "~/files/shapes";

/** What chats look like to pages, sockets and programs. Times are ISO 8601 UTC. No secrets, no SQL: safe in a browser. */

export type SenderType = "customer" | "cs" | "system";
export type ChatStatus = "waiting" | "active" | "resolved" | "abandoned";
export type AgentStatus = "online" | "busy" | "offline";
export type EndReason = "resolved" | "customer" | "idle" | "admin";

export type AssignedBy = "queue" | "accept" | "admin";

export interface Message {
  id: string;
  seq: number;
  /** What the sender called it; null for system rows. */
  clientId: string | null;
  senderType: SenderType;
  senderId: number | null;
  senderName: string | null;
  messageType: "text" | "image" | "file" | "system";
  content: string;
  attachments: Attachment[];
  createdAt: string;
  /** Only colleagues can see it. Absent for what everybody sees. */
  note?: true;
  edited?: true;
  takenBack?: true;
  /** System rows only: what happened, for programs and for translation. */
  event?: MessageEvent;
}

export type MessageEvent =
  | { kind: "assigned"; csId: number; csName: string; by: AssignedBy }
  | { kind: "transferred"; fromName: string; csId: number; csName: string; by: "agent" | "admin" }
  /** Only colleagues see it: why, and what is still open. */
  | { kind: "handover"; fromName: string; csId: number; csName: string; waitedSeconds: number | null }
  | { kind: "returned"; csName: string; why: "gone" | "no_answer" | "requeued" }
  | { kind: "edited"; seq: number; content: string }
  | { kind: "taken_back"; seq: number }
  | { kind: "idle_warning"; endsInSeconds: number }
  | { kind: "ended"; reason: EndReason }
  | { kind: "rated"; rating: number };

export type Change = Message & { event: MessageEvent & { kind: "edited" | "taken_back" } };

/** Changes of messages are rows of the log too, but nothing that anybody looks at. */
export function isChange(message: Message): message is Change {
  return message.event?.kind === "edited" || message.event?.kind === "taken_back";
}

/** Who answers, as the customer sees them. */
export interface AgentCard {
  id: number;
  name: string;
  avatarUrl: string | null;
}

/** One line of an agent's list or of the queue. */
export interface ChatSummary {
  id: string;
  status: ChatStatus;
  customerName: string | null;
  customerEmail: string | null;
  sourceUrl: string | null;
  userAgent: string | null;
  csId: number | null;
  csName: string | null;
  lastSeq: number;
  /** The row that gave it to the agent who has it: what came later was written to them; 0 while nobody had it. */
  assignedSeq: number;
  /** Newest message written by a person, for the list's second line. */
  preview: { senderType: SenderType; content: string } | null;
  unread: number;
  /** Since when the customer has been without an answer; null when the last word is ours. */
  waitingSince: string | null;
  lastMessageAt: string;
  queuedAt: string;
  /** Was with an agent already: goes before everybody who waits. */
  returned?: true;
  createdAt: string;
  endedAt: string | null;
  /** How far the customer has read: seq. */
  customerReadSeq: number;
  /** How it came to the agent who holds it, and the line that came with it. */
  arrival: "assigned" | "transferred" | null;
  handover: { fromName: string; note: string; waitedSeconds: number | null } | null;
  rating: number | null;
}

/** The customer's view of their one current chat. */
export interface CustomerChat {
  id: string;
  status: ChatStatus;
  agent: AgentCard | null;
  /** Their agent's connection is gone for the moment: the place is kept. */
  agentAway: boolean;
  /** Where they said they can be reached. */
  customerEmail: string | null;
  position: number | null;
  estimate: Estimate | null;
  lastSeq: number;
  /** How far an agent has read: seq. */
  csReadSeq: number;
  rating: number | null;
  endReason: EndReason | null;
  createdAt: string;
  endedAt: string | null;
}

/** Seconds until an agent is likely to answer. */
export interface Estimate {
  from: number;
  to: number;
}

/** Who else works here, and how busy they are. */
export interface Colleague extends AgentCard {
  status: AgentStatus;
  /** Chose to be online, and has not touched anything for long: gets no chats. */
  away: boolean;
  activeChats: number;
  maxChats: number;
}

/** The admin's live board. */
export interface BoardStats {
  waiting: number;
  longestWaitSince: string | null;
  active: number;
  endedToday: number;
  startedToday: number;
  agentsOnline: number;
  agents: Colleague[];
}

export interface CannedResponse {
  id: number;
  shortcut: string;
  title: string;
  content: string;
  shared: boolean;
  used: number;
}

/** What a label may be coloured with; each stands for a pair of tokens in both themes. */
export const LABEL_COLOURS = ["slate", "teal", "blue", "violet", "pink", "red", "amber", "green"] as const;
export type LabelColour = (typeof LABEL_COLOURS)[number];

export interface Label {
  id: number;
  name: string;
  colour: LabelColour;
}
