import type { Access, Assignment, Observer, Row, Side } from "./history.ts";
import type { World } from "./world.ts";

interface StoredRow {
  session_id: string;
  seq: number;
  sender_type: Side;
  client_id: string | null;
  content: string;
  visibility: "all" | "staff";
  event: { kind: string; csId?: number; by?: string } | null;
  created_at: Date;
}

/** What the database says at the end, and who had which chat when, by the chats' own logs. */
export async function readStored(world: World, chats: string[]) {
  const stored = await world.query<StoredRow>(
    `select session_id, seq, sender_type, client_id, content, visibility, event, created_at
     from messages where session_id = any ($1::uuid[]) order by session_id, seq`,
    [chats],
  );
  const rows: Row[] = stored.map((row) => ({
    chat: row.session_id,
    seq: row.seq,
    side: row.sender_type,
    clientId: row.client_id,
    text: row.content,
    visibility: row.visibility,
  }));
  const assignments = chats.flatMap((chat) => assignmentsIn(stored.filter((row) => row.session_id === chat)));
  const people = await world.query<{ id: number; max_chats: number | null }>("select id, max_chats from users");
  const capacity = Object.fromEntries(people.map((p) => [`cs:${p.id}`, p.max_chats ?? 5]));
  return { rows, assignments, capacity };
}

/** The events that change who has a chat. */
const MOVES = ["assigned", "transferred", "returned", "ended"];

function assignmentsIn(log: StoredRow[]): Assignment[] {
  const spans: Assignment[] = [];
  for (const { session_id, event, created_at } of log) {
    const at = created_at.getTime();
    const current = spans.find((span) => span.to === null);
    if (!event || !MOVES.includes(event.kind)) continue;
    if (current) current.to = at;
    if (event.csId === undefined) continue;
    spans.push({ chat: session_id, agent: `cs:${event.csId}`, from: at, to: null, automatic: event.by === "queue" });
  }
  return spans;
}

/** Customers may always see their chat; agents from when it was theirs, and after it ended, until somebody else has it. */
export function accessOf(observers: Observer[], customers: Map<string, string>, assignments: Assignment[]): Access[] {
  return observers.flatMap(({ id: observer, side }) => {
    // One person's tabs and reloads are "who/which".
    const [who = ""] = observer.split("/");
    if (side === "customer") return [{ observer, chat: customers.get(who) ?? "none", from: 0, to: null }];
    const mine = assignments.filter((a) => a.agent === who);
    return mine.map((a) => {
      const next = assignments.find((n) => n.chat === a.chat && n.agent !== a.agent && n.from >= a.from);
      return { observer, chat: a.chat, from: a.from, to: next?.from ?? null };
    });
  });
}
