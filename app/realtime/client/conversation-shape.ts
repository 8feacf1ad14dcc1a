import type { AgentCard, ChatStatus, EndReason, Estimate, Message } from "~/chat/shapes";
import type { Attachment } from "~/files/shapes";
import type { PendingMessage } from "./shelf";
import type { LiveSocket } from "./socket";
import type { StorageLike } from "./storage";
import type { Readable } from "./store";

export type { PendingMessage } from "./shelf";

export interface ConversationSnapshot {
  messages: Message[];
  /** Not acknowledged yet, in the order in which they will be sent. */
  pending: PendingMessage[];
  connection: LiveSocket["state"];
  peerTyping: boolean;
  /** What they are typing, where an admin switched that on and they allow it. Agents only. */
  peerPreview: string;
  /** How far the other side has read: seq. */
  peerReadSeq: number;
  /** False after the customer closed their page, until they are heard of again. Agents only. */
  peerPresent: boolean;
  status: ChatStatus | null;
  agent: AgentCard | null;
  /** The agent's connection is gone for the moment: the place is kept. Customers only. */
  agentAway: boolean;
  position: number | null;
  estimate: Estimate | null;
  /** Whether anybody is there to answer; null until it is heard. Customers who wait only. */
  online: boolean | null;
  ended: null | { reason: EndReason | null };
}

export interface ConversationOptions {
  socket: LiveSocket;
  side: "customer" | "cs";
  sessionId: string;
  /** The newest rows, without a gap up to the last one: what the page was rendered with. */
  messages: Message[];
  peerReadSeq?: number;
  /** What else the page knows: a CustomerChat or a ChatSummary fits. */
  chat?: {
    status: ChatStatus;
    agent?: AgentCard | null;
    agentAway?: boolean;
    position?: number | null;
    estimate?: Estimate | null;
    endReason?: EndReason | null;
  };
  /** Who writes, where several people may share a browser: keeps their unsent texts apart. */
  owner?: number | string;
  /** The unfinished text that the server keeps. */
  draft?: string;
  storage?: StorageLike;
  onRead?(seq: number): void;
}

export interface Conversation extends Readable<ConversationSnapshot> {
  readonly sessionId: string;
  /** With expectedSeq it is refused (CONFLICT) when a colleague has answered after that. */
  send(text: string, expectedSeq?: number, attachments?: Attachment[]): void;
  /** A line for colleagues, as surely as a message. Agents only. */
  note(text: string): void;
  /** One's own message within five minutes; the log shows it. Rejects with Refused or Disconnected. */
  edit(seq: number, text: string): Promise<void>;
  takeBack(seq: number): Promise<void>;
  retry(clientId: string): void;
  discard(clientId: string): string;
  /** With `preview` the agent sees the text itself: only where the customer was told and allows it. */
  setTyping(isTyping: boolean, preview?: string): void;
  markRead(seq: number): void;
  /** Rows from elsewhere, a loader for example; what is known already changes nothing. */
  add(messages: Message[]): void;
  /** The unfinished text, kept per chat: in this browser at once, with the server a second later. */
  draft: string;
  close(): void;
}
