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
  online?: boolean;
  reason?: EndReason;
  isTyping?: boolean;
  isOnline?: boolean;
  preview?: string;
}

type Change = Partial<ConversationSnapshot>;
type Reaction = (data: Heard, now: ConversationSnapshot) => Change;

const ended: Reaction = ({ reason }, now) =>
  now.ended?.reason ? {} : { status: "resolved", ended: { reason: reason ?? null }, position: null, estimate: null };

const served = (agent: AgentCard | null) =>
  ({ status: "active", agent, agentAway: false, position: null, estimate: null }) satisfies Change;

/** What an event changes in the view of its chat. */
export const reactions: Record<string, Reaction> = {
  "chat:assigned": ({ cs }) => served(cs ?? null),
  "chat:queue_position": ({ position, estimate, online }, now) => ({
    position: position ?? null,
    estimate: estimate ?? null,
    online: online ?? now.online,
  }),
  "chat:read": ({ seq }, now) => ({ peerReadSeq: Math.max(now.peerReadSeq, seq ?? 0) }),
  "chat:agent_presence": ({ isOnline }) => ({ agentAway: isOnline === false }),
  "chat:customer_left": ({ isOnline }) =>
    isOnline ? { peerPresent: true } : { peerPresent: false, peerTyping: false },
  "chat:customer_typing": () => ({ peerPresent: true }),
  "chat:ended": ended,
  "chat:resolved": ended,
};

/** The log says it too, so that nothing depends on having been connected at the time. */
export function changeBy(now: ConversationSnapshot, rows: Message[]): Change {
  const change: Change = {};
  for (const { event, senderType } of rows) {
    if (senderType === "customer") change.peerPresent = true;
    if (event?.kind === "assigned" || event?.kind === "transferred") {
      const card = now.agent?.id === event.csId ? now.agent : { id: event.csId, name: event.csName, avatarUrl: null };
      Object.assign(change, served(card));
    }
    if (event?.kind === "returned") {
      Object.assign(change, { status: "waiting", agent: null, agentAway: false } satisfies Change);
    }
    if (event?.kind === "ended") {
      Object.assign(change, { status: "resolved", ended: { reason: event.reason } } satisfies Change);
    }
  }
  return change;
}
