import type { AgentCard, EndReason, Estimate, Message } from "~/chat/shapes";
import type { ConversationSnapshot } from "./conversation-shape";

export interface Heard {
  sessionId: string;
  cs?: AgentCard;
  seq?: number;
  /** Whose doing it is. */
  side?: "customer" | "cs";
  position?: number | null;
  estimate?: Estimate | null;
  reason?: EndReason;
  isTyping?: boolean;
}

type Change = Partial<ConversationSnapshot>;
type Reaction = (data: Heard, now: ConversationSnapshot) => Change;

const ended: Reaction = ({ reason }, now) =>
  now.ended?.reason ? {} : { status: "resolved", ended: { reason: reason ?? null }, position: null, estimate: null };

/** What an event changes in the view of its chat. */
export const reactions: Record<string, Reaction> = {
  "chat:assigned": ({ cs }) => ({ status: "active", agent: cs ?? null, position: null, estimate: null }),
  "chat:queue_position": ({ position, estimate }) => ({ position: position ?? null, estimate: estimate ?? null }),
  "chat:read": ({ seq }, now) => ({ peerReadSeq: Math.max(now.peerReadSeq, seq ?? 0) }),
  "chat:customer_left": () => ({ peerPresent: false, peerTyping: false }),
  "chat:customer_typing": () => ({ peerPresent: true }),
  "chat:ended": ended,
  "chat:resolved": ended,
};

/** The log says it too, so that nothing depends on having been connected at the time. */
export function changeBy(now: ConversationSnapshot, rows: Message[]): Change {
  const change: Change = {};
  for (const { event, senderType } of rows) {
    if (senderType === "customer") change.peerPresent = true;
    if (event?.kind === "assigned") {
      const card = now.agent?.id === event.csId ? now.agent : { id: event.csId, name: event.csName, avatarUrl: null };
      Object.assign(change, { agent: card, status: "active", position: null, estimate: null } satisfies Change);
    }
    if (event?.kind === "ended") {
      Object.assign(change, { status: "resolved", ended: { reason: event.reason } } satisfies Change);
    }
  }
  return change;
}
