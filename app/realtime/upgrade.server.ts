import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { Actor } from "~/auth/actor";
import { ipOf } from "~/auth/client-ip.server";
import { customerCookie } from "~/auth/cookies.server";
import { originAllowed } from "~/auth/origins.server";
import { SOCKETS } from "~/auth/permissions";
import { permit } from "~/auth/permit.server";
import { customerOf, staffOf } from "~/auth/require.server";
import { mustEnrol } from "~/auth/second-factor.server";
import { Refusal } from "~/chat/errors";
import { REFUSAL_STATUS } from "~/http/refusal-status";
import { loggedPath } from "~/http/request-log.server";
import { log } from "~/log.server";
import { languageOf } from "~/messages/catalogue.server";
import type { Language } from "~/messages/languages";
import type { Door } from "./connection.server";

export const MAX_FRAME_BYTES = 65_536;
const DOORS = new Map<string, Door>([
  ["/ws/chat", "customer"],
  ["/ws/cs", "cs"],
  ["/ws/admin", "admin"],
]);

export interface Caller {
  door: Door;
  actor: Actor | null;
  customerToken: string | null;
  ip: string | null;
  userAgent: string | null;
  language: Language;
}

export interface Room {
  /** Whether there is room for one more at all. */
  mayOpen(): boolean;
  /** Whether this one may, beside those that came from there already. */
  mayJoin(caller: Caller): boolean;
}

/** Answers upgrades: who it is and whether they may come in is settled before the socket exists. */
export function answerUpgrades(
  server: Server,
  opened: (socket: WebSocket, caller: Caller, wire: Duplex) => void,
  { mayOpen, mayJoin }: Room,
) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    admit(request, mayOpen())
      .then((caller) => {
        if (typeof caller === "number") {
          log().info({ path: loggedPath(request.url?.split("?")[0] ?? ""), status: caller }, "an upgrade was refused");
          return refuse(socket, caller);
        }
        if (!mayJoin(caller)) {
          log().warn({ ip: caller.ip }, "too many sockets from one place");
          return refuse(socket, 429);
        }
        sockets.handleUpgrade(request, socket, head, (ws) => opened(ws, caller, socket));
      })
      .catch((error: unknown) => {
        log().error({ error: String(error) }, "an upgrade failed");
        refuse(socket, 503);
      });
  });
}

async function admit(request: IncomingMessage, room: boolean): Promise<Caller | number> {
  const door = DOORS.get((request.url ?? "").split("?")[0] ?? "");
  if (!door) return 404;
  if (!room) return 503;
  const { origin, cookie = null, authorization } = request.headers;
  const bearer = /^Bearer ([\w.-]+)$/.exec(authorization ?? "")?.[1] ?? null;
  // Browsers always say their origin. Without one, a cookie could only have been put there by something else.
  if (origin === undefined ? cookie !== null && !bearer : !originAllowed(origin)) return 403;
  const actor = door === "customer" ? await customerOf({ cookie, bearer }) : await staffOf({ cookie, bearer });
  const refusal = refusalOf(() => permit(SOCKETS[door], actor));
  if (refusal) return REFUSAL_STATUS[refusal.code];
  if (actor?.kind === "staff" && (await mustEnrol(actor))) return 403;
  if (door === "customer" && bearer && !actor) return 401;
  return {
    door,
    actor,
    customerToken: door === "customer" ? (bearer ?? customerCookie.read(cookie)) : null,
    ip: ipOf(request),
    userAgent: request.headers["user-agent"] ?? null,
    language: languageOf(cookie, request.headers["accept-language"] ?? null).language,
  };
}

function refusalOf(check: () => void): Refusal | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const REASONS: Record<number, string> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

function refuse(socket: Duplex, status: number) {
  const seconds = { 429: 30, 503: 2 }[status];
  const retry = seconds ? `Retry-After: ${seconds}\r\n` : "";
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n${retry}\r\n`);
}
