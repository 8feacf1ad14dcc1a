import type { Message } from "~/chat/shapes";
import { Disconnected, Refused } from "./refused";

type Data = Record<string, unknown>;
type Emit = (event: string, data: unknown) => void;
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

interface Answer {
  success: boolean;
  error?: { code?: string; message?: string };
  [field: string]: unknown;
}

/** The same requests through HTTP, for networks that block sockets. What has no HTTP call is refused. */
export function overHttp(send: Fetch, emit: Emit, staff: boolean) {
  async function call(signal: AbortSignal, method: string, path: string, body?: Data): Promise<Answer> {
    const headers = { accept: "application/json", ...(body && { "content-type": "application/json" }) };
    const response = await send(path, { method, headers, signal, body: body && JSON.stringify(body) }).catch(() => {
      throw new Disconnected();
    });
    const answer = (await response.json().catch(() => null)) as Answer | null;
    if (signal.aborted) throw new Disconnected();
    if (response.ok && answer?.success) return answer;
    // Half an answer, or somebody else's page (a captive portal): nothing is known.
    if (response.ok && !answer) throw new Disconnected();
    const retryAfterSeconds = Number(response.headers.get("retry-after")) || undefined;
    throw Refused.from({ code: fallbackCode(response.status), retryAfterSeconds, ...answer?.error });
  }

  return async function request(event: string, data: Data, signal: AbortSignal): Promise<unknown> {
    const chat = staff ? `/api/cs/chats/${data.sessionId}` : "/api/chat";
    if (event === "chat:resume") {
      const query = `?after=${data.after}&wait=${data.wait ?? 0}`;
      return follow(data, await call(signal, "GET", `${chat}/messages${query}`));
    }
    if (event.endsWith(":send_message"))
      return acknowledged(data, await call(signal, "POST", `${chat}/messages`, data));
    if (event === "cs:note")
      return acknowledged(data, await call(signal, "POST", `${chat}/messages`, { ...data, note: true }));
    if (event.endsWith(":read")) return call(signal, "POST", `${chat}/read`, data);
    if (event === "cs:accept_chat") return call(signal, "POST", `${chat}/accept`, {});
    if (event === "cs:resolve_chat") return call(signal, "POST", `${chat}/resolve`, {});
    if (event === "cs:transfer_chat") return call(signal, "POST", `${chat}/transfer`, data);
    if (event === "cs:set_status") return told("status:updated", await call(signal, "POST", "/api/cs/status", data));
    if (event === "admin:subscribe_stats")
      return told("stats:update", (await call(signal, "GET", "/api/admin/stats")).stats);
    if (event === "cs:lists") return told("cs:connected", await lists(signal));
    throw new Refused("UNAVAILABLE", "That needs the live connection, which is blocked here.");
  };

  function told(event: string, data: unknown): unknown {
    emit(event, data);
    return data;
  }

  function follow({ sessionId, after }: Data, { messages, lastSeq, sessionId: answered }: Answer): unknown {
    // A customer's call answers for their newest chat.
    if (answered !== sessionId) throw new Refused("NOT_FOUND", "There is a newer chat.");
    const rows = messages as Message[];
    for (const message of rows) emit("chat:message", { sessionId, message });
    // A full page ends before lastSeq: only what arrived may move the cursor.
    const seq = rows.at(-1)?.seq ?? Math.max(Number(after), Number(lastSeq) || 0);
    return told("chat:resumed", { sessionId, seq });
  }

  async function lists(signal: AbortSignal): Promise<unknown> {
    const [status, chats, queue] = await Promise.all(
      ["status", "chats", "queue"].map((path) => call(signal, "GET", `/api/cs/${path}`)),
    );
    return { ...status, mine: chats?.chats, queue: queue?.queue, colleagues: queue?.colleagues };
  }
}

function acknowledged({ sessionId, clientId }: Data, { message }: Answer): unknown {
  const { id, seq, createdAt } = message as Message;
  return { sessionId, clientId, messageId: id, seq, createdAt, message };
}

function fallbackCode(status: number): string {
  if (status === 401) return "UNAUTHENTICATED";
  if (status === 429) return "RATE_LIMITED";
  return status >= 500 ? "OVERLOADED" : "UNKNOWN";
}
