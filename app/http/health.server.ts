import type { RequestHandler } from "express";
import { db } from "~/db.server";
import { currentStorage } from "~/files/storage.server";

export const VERSION = "0.1.0";
const LIMIT_MS = 2_000;

/** For load balancers: ready when the database answers, the listener hears, and we are not on our way out. */
export function health(realtime: { listening(): boolean; draining(): boolean }): RequestHandler {
  return async (_req, res) => {
    const database = (await databaseAnswers()) ? "ok" : "down";
    const listener = realtime.listening() ? "ok" : "down";
    const ready = database === "ok" && listener === "ok" && !realtime.draining();
    const status = ready ? "ok" : realtime.draining() ? "draining" : "unavailable";
    res
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({
        success: ready,
        status,
        timestamp: new Date().toISOString(),
        version: VERSION,
        database,
        listener,
        storage: currentStorage().kind,
      });
  };
}

function databaseAnswers(): Promise<boolean> {
  const limit = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), LIMIT_MS).unref());
  const answer = db()
    .query("select 1")
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answer, limit]);
}
