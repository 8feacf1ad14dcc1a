import { between, pick, type Random } from "../faults/random.ts";
import type { Cell } from "./copy.ts";
import { uuidAt, type Visitor } from "./people.ts";
import { NOTES, sentence, speech } from "./words.ts";

export interface Agent {
  id: number;
  name: string;
  /** Answers in so many times the usual time. */
  pace: number;
}

export const CHAT_COLUMNS =
  "id visitor_id cs_id status customer_name customer_email source_url last_seq last_customer_seq last_cs_seq customer_read_seq cs_read_seq queued_at assigned_at picked_up_at first_reply_at last_message_at created_at ended_at end_reason rating rating_feedback rated_at assigned_seq".split(
    " ",
  );
export const MESSAGE_COLUMNS =
  "session_id seq sender_type sender_id client_id message_type visibility content event created_at edited_at taken_back_at".split(
    " ",
  );
export const ASSIGNMENT_COLUMNS = ["session_id", "cs_id", "kind", "by_user_id", "created_at"];

export interface Rows {
  chats: Cell[][];
  messages: Cell[][];
  assignments: Cell[][];
  labels: Cell[][];
}

const PAGES = ["/", "/orders", "/shoes", "/help/returns", "/checkout", "/account"];

interface Plan {
  at: number;
  /** Rows of its log, system rows too. */
  length: number;
  visitor: Visitor;
  agents: Agent[];
  labels: number[];
  state: "ended" | "active" | "waiting";
}

type Moment = Date | null;

/** Minutes that are mostly short and sometimes long. */
const skewed = (random: Random, usual: number) => usual * Math.exp(1.1 * (random() + random() + random() - 1.5));

/** One chat with everything that belongs to it, added to `rows`. */
export function writeChat(random: Random, { at, length, visitor, agents, labels, state }: Plan, rows: Rows): void {
  const id = uuidAt(random, at);
  const abandoned = state === "ended" && random() < 0.09;
  const agent = abandoned || state === "waiting" ? null : pick(random, agents);
  const log = openLog(id, rows.messages);
  let time = at;
  const say = (who: "customer" | "cs", visibility: "all" | "staff" = "all") => {
    const text =
      visibility === "staff" ? sentence(random, pick(random, NOTES), "en") : speech(random, visitor.language, who);
    const back = random() < 0.002;
    log.add(who, who === "cs" ? (holder?.id ?? null) : null, time, back ? "" : text, { visibility, back });
  };
  let holder = agent;
  let [assignedAt, pickedUpAt, firstReplyAt]: [Moment, Moment, Moment] = [null, null, null];
  let [lastCustomer, lastCs, assignedSeq] = [0, 0, 0];
  const customerSays = () => (say("customer"), (lastCustomer = log.length()));
  customerSays();
  if (agent) {
    time += skewed(random, 40_000) * agent.pace;
    assignedAt = pickedUpAt = new Date(time);
    assignedSeq = log.event(time, `${agent.name} joined the chat`, {
      kind: "assigned",
      csId: agent.id,
      csName: agent.name,
      by: "queue",
    });
    rows.assignments.push([id, agent.id, random() < 0.8 ? "queue" : "accept", null, assignedAt]);
    const moveAt = length > 12 && random() < 0.06 ? Math.floor(length / 2) : -1;
    while (log.length() < length - (state === "ended" ? 1 : 0)) {
      time += skewed(random, 25_000);
      if (log.length() === moveAt) {
        const next = pick(random, agents);
        assignedAt = new Date(time);
        assignedSeq = log.event(time, `${next.name} continues the chat`, {
          kind: "transferred",
          fromName: holder?.name ?? "",
          csId: next.id,
          csName: next.name,
          by: "agent",
        });
        rows.assignments.push([id, next.id, "transfer", holder?.id ?? null, assignedAt]);
        holder = next;
      } else if (firstReplyAt && random() < 0.02) say("cs", "staff");
      else if (!firstReplyAt || random() < 0.5) {
        say("cs");
        firstReplyAt ??= new Date(time);
        lastCs = log.length();
      } else customerSays();
    }
  } else {
    for (let more = Math.min(length, 1 + Math.floor(random() * 3)); log.length() < more;) {
      time += skewed(random, 60_000);
      customerSays();
    }
  }
  const ended = state === "ended";
  time += skewed(random, abandoned ? 240_000 : 60_000);
  const reason = abandoned ? "customer" : pick(random, ["resolved", "resolved", "resolved", "customer", "idle"]);
  if (ended) log.event(time, "The chat has ended", { kind: "ended", reason });
  const rating = ended && agent && random() < 0.38 ? stars(random) : null;
  for (const label of labels) rows.labels.push([id, label]);
  rows.chats.push([
    id,
    visitor.id,
    holder?.id ?? null,
    ended ? (abandoned ? "abandoned" : "resolved") : state,
    visitor.name,
    visitor.email,
    `https://shop.example${pick(random, PAGES)}`,
    log.length(),
    lastCustomer,
    lastCs,
    log.length(),
    lastCs,
    new Date(at),
    assignedAt,
    pickedUpAt,
    firstReplyAt,
    new Date(time),
    new Date(at),
    ended ? new Date(time) : null,
    ended ? reason : null,
    rating,
    rating && random() < 0.2 ? speech(random, visitor.language, "customer") : null,
    rating ? new Date(time + between(random, 5_000, 60_000)) : null,
    assignedSeq,
  ]);
}

const stars = (random: Random) => pick(random, [5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1]);

function openLog(id: string, messages: Cell[][]) {
  let seq = 0;
  return {
    length: () => seq,
    add(who: string, by: number | null, at: number, text: string, how: { visibility: string; back: boolean }) {
      seq++;
      const time = new Date(at);
      const clientId = `fill-${seq}`;
      messages.push([
        id,
        seq,
        who,
        by,
        clientId,
        "text",
        how.visibility,
        text,
        null,
        time,
        null,
        how.back ? time : null,
      ]);
    },
    event(at: number, text: string, event: object) {
      seq++;
      const json = JSON.stringify(event);
      messages.push([id, seq, "system", null, null, "system", "all", text, json, new Date(at), null, null]);
      return seq;
    },
  };
}
