import { type z } from "zod";
import { EVENTS } from "~/auth/permissions";
import { permit } from "~/auth/permit.server";
import { NotSignedIn, RateLimited, Refusal, refusalFrom } from "~/chat/errors";
import { env } from "~/env.server";
import { log } from "~/log.server";
import { refusalFieldsIn, refusalIn } from "~/messages/refusal-language.server";
import { ackSeconds } from "~/metrics.server";
import { markActive } from "~/people/attendance.server";
import { CLOSE, type Connection, type Door } from "./connection.server";
import { customerEvents } from "./customer-events.server";
import type { EventTable } from "./event-table.server";
import { frame } from "./frames.server";
import { adminEvents, agentEvents } from "./staff-events.server";

const MAX_BAD_IN_A_ROW = 3;
const TABLES: Record<Door, EventTable> = { customer: customerEvents, cs: agentEvents, admin: adminEvents };
const SIGNALS = new Set([
  "customer:typing",
  "customer:read",
  "cs:typing",
  "cs:read",
  "cs:activity",
  "cs:viewing",
  "cs:draft",
  "customer:draft",
]);

/** What a page does by itself, without anybody at the desk. */
const PASSIVE = new Set(["chat:resume", "cs:read", "cs:viewing"]);

class BadFrame extends Error {
  constructor(
    readonly code: "BAD_FRAME" | "UNKNOWN_EVENT" | "INVALID",
    message: string,
    readonly requestId?: string | number,
    readonly fields?: Record<string, string>,
  ) {
    super(message);
  }
}

/** One frame in, at most one answer out. Bad ones are answered, never fatal; three in a row end the socket. */
export async function receive(c: Connection, raw: string): Promise<void> {
  let requestId: string | number | undefined;
  try {
    const { event, data, requestId: id } = parseFrame(raw);
    requestId = id;
    const row = TABLES[c.door].get(event);
    if (!row) throw new BadFrame("UNKNOWN_EVENT", "There is no such event here.", id);
    if (SIGNALS.has(event)) {
      // Too many signals are worth nothing to anybody, a refusal included.
      if (!c.signals.take(env().RATE_LIMIT_FACTOR)) {
        if (id === undefined) return;
        throw new RateLimited(1);
      }
    } else if (!c.messages.take(env().RATE_LIMIT_FACTOR)) throw new RateLimited(1);
    const input = row.input.safeParse(data ?? {});
    if (!input.success) throw badShape(input.error, id);
    c.badFrames = 0;
    permit(EVENTS[c.door][event], c.actor);
    if (c.door === "cs" && c.actor?.kind === "staff" && !PASSIVE.has(event)) {
      markActive(c.actor.userId).catch((error: unknown) =>
        log().warn({ error: String(error) }, "could not note activity"),
      );
    }
    const arrived = performance.now();
    const answer = await row.handle(c, input.data, id);
    if (answer?.event === "message:sent") ackSeconds.observe((performance.now() - arrived) / 1000);
    if (answer) c.send(answer.event, answer.data, id);
    else if (id !== undefined && event !== "chat:resume") c.send("system:ok", {}, id);
  } catch (error) {
    refuse(c, error, requestId);
  }
}

function parseFrame(raw: string) {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    throw new BadFrame("BAD_FRAME", "A frame is JSON: { event, data, requestId? }.");
  }
  const parsed = frame.safeParse(json);
  if (!parsed.success) throw new BadFrame("BAD_FRAME", "A frame is JSON: { event, data, requestId? }.");
  return parsed.data;
}

function badShape(error: z.ZodError, requestId?: string | number) {
  const fields = Object.fromEntries(error.issues.map((i) => [i.path.join(".") || "data", i.message]));
  const [name, message] = Object.entries(fields)[0] ?? ["data", "is wrong"];
  return new BadFrame("INVALID", `${name}: ${message}`, requestId, fields);
}

/** Says no in the reader's language; what is no refusal of ours is logged, and not shown. */
export function refuse(c: Connection, error: unknown, requestId?: string | number) {
  const tell = (code: string, message: string, details: Refusal["details"], id = requestId) =>
    c.send(
      "system:error",
      {
        code,
        message: refusalIn(c.language, message),
        ...details,
        ...(details.fields && { fields: refusalFieldsIn(c.language, details.fields) }),
      },
      id,
    );
  if (error instanceof BadFrame) {
    tell(error.code, error.message, { fields: error.fields }, requestId ?? error.requestId);
    if (++c.badFrames >= MAX_BAD_IN_A_ROW) c.socket.close(CLOSE.policy, "three bad frames in a row");
    return;
  }
  if (!(error instanceof Refusal)) {
    log().error({ error: error instanceof Error ? error.stack : String(error) }, "a frame failed");
  }
  const refusal = refusalFrom(error);
  if (refusal) {
    tell(refusal.code, refusal.message, refusal.details);
    if (refusal instanceof NotSignedIn && c.door !== "customer") c.socket.close(CLOSE.signInAgain, "sign in again");
    return;
  }
  tell("INTERNAL", "Something went wrong here. Try again.", {});
}
