import { createServer, type Server } from "node:http";
import type { RequestHandler } from "express";
import { z } from "zod";
import { waitingSends } from "~/chat/message-writer.server";
import { db, one, sql } from "~/db.server";
import { env } from "~/env.server";
import { messageLines } from "~/message-path.server";
import { collectProcessMetrics, gauge, labelledGauge, registry } from "~/metrics.server";
import type { startRealtime } from "~/realtime/realtime.server";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const OWN_NAMES = new Set(["127.0.0.1", "[::1]", "localhost"]);
const FORWARDED = ["x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-proto", "x-forwarded-host", "via"];
const usageRow = z.object({ usage: z.number() });

/** Figures that are read when asked for. */
export function registerGauges(realtime: ReturnType<typeof startRealtime>): void {
  collectProcessMetrics();
  gauge("heradesk_write_queue", "Sends waiting for the next batch", waitingSends);
  gauge("heradesk_listener_up", "1 while news from other instances is heard", () => Number(realtime.listening()));
  labelledGauge("heradesk_sockets", "Open sockets", "door", () => ({
    customer: realtime.connections.at("customer").length,
    cs: realtime.connections.at("cs").length,
    admin: realtime.connections.at("admin").length,
  }));
  labelledGauge("heradesk_pool", "Database connections", "state", () => ({
    total: db().totalCount + messageLines().open,
    idle: db().idleCount + messageLines().idle,
    waiting: db().waitingCount,
  }));
  gauge("heradesk_notify_queue_usage", "Share of PostgreSQL's notification queue in use, 0 to 1", notifyQueueUsage);
}

async function notifyQueueUsage() {
  const unknown = { usage: Number.NaN };
  return (await one(usageRow, sql`select pg_notification_queue_usage() as usage`).catch(() => unknown)).usage;
}

/**
 * On the main port only for this machine itself. Behind a proxy that would be everybody, and not every proxy says that it
 * is one: where people come by another name than this machine's, it needs METRICS_PORT.
 */
export const metrics: RequestHandler = async (req, res, next) => {
  const local = LOOPBACK.has(req.socket.remoteAddress ?? "") && !FORWARDED.some((name) => req.headers[name]);
  const elsewhere = env().APP_ORIGIN?.some((origin) => !OWN_NAMES.has(new URL(origin).hostname));
  if (!local || elsewhere || env().TRUST_PROXY > 0 || env().METRICS_PORT !== undefined) return next();
  res.type(registry.contentType).send(await registry.metrics());
};

/** A port of their own for a scraper elsewhere. @returns null when METRICS_PORT is unset. */
export async function serveMetrics(): Promise<Server | null> {
  const port = env().METRICS_PORT;
  if (port === undefined) return null;
  const server = createServer(async (_req, res) => {
    res.setHeader("Content-Type", registry.contentType).end(await registry.metrics());
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, env().HOST, resolve));
  return server;
}
