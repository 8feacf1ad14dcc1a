import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { cameFrom } from "~/activity/origin.server";
import { FILES } from "~/auth/permissions";
import { ipOf } from "~/auth/client-ip.server";
import { setListeningPort } from "~/auth/origins.server";
import { startTending } from "~/chat/tend.server";
import { env } from "~/env.server";
import { startNightly } from "~/people/nightly.server";
import { readPictureOrigins } from "~/settings/picture-origins.server";
import { atMost } from "~/at-most";
import { startIndexing } from "~/reports/index-search.server";
import { startRealtime } from "~/realtime/realtime.server";
import { startSweepingFiles } from "~/files/sweep-files.server";
import { assets } from "./assets.server";
import { keepNothing, refuseOddMethods } from "./defaults.server";
import { discardRest } from "./discard-rest.server";
import { ensureCustomerCookie, formToken, refuseForgedRequests } from "./guard.server";
import { keepSignedIn } from "./keep-signed-in.server";
import { answerFault } from "./faults.server";
import { giveNonce, permissionsPolicy, securityHeaders } from "./headers.server";
import { refuseStrangeHosts } from "./hosts.server";
import { permitRoutes } from "./permit-routes.server";
import { metrics, registerGauges, serveMetrics } from "./metrics.server";
import { health } from "./health.server";
import { logRequests } from "./request-log.server";
import { serveFile } from "./serve-file.server";

const LISTEN_PATIENCE_MS = 3_000;

/** Express, Remix and the sockets on one port. @returns the port, and the graceful way to stop. */
export async function serve(build: ServerBuild): Promise<{ port: number; stop(): Promise<void> }> {
  const app = express().disable("x-powered-by");
  const permitted = permitRoutes(build);
  // A file over a slow line takes its time; headers do not, and silence within a body ends it sooner.
  const server = createServer({ requestTimeout: 900_000, headersTimeout: 60_000 }, app);
  const realtime = startRealtime(server);
  await readPictureOrigins();
  app.use(logRequests, giveNonce, securityHeaders(), permissionsPolicy, keepNothing, refuseOddMethods);
  app.get("/api/health", health(realtime));
  app.get("/metrics", metrics);
  app.use(refuseStrangeHosts, ...assets());
  app.use((req, _res, next) => cameFrom({ ip: ipOf(req), userAgent: req.get("User-Agent") ?? null }, next));
  app.use(discardRest, refuseForgedRequests, keepSignedIn);
  for (const [pattern, who] of Object.entries(FILES)) app.get(pattern, serveFile(who));
  app.use(ensureCustomerCookie);
  app.all("*", (req, res, next) =>
    createRequestHandler({ build: permitted, mode: env().NODE_ENV, getLoadContext })(req, res, next),
  );
  app.use(answerFault);

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env().PORT, env().HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  setListeningPort(port);
  registerGauges(realtime);
  // Ready means hearing the other instances too; a database that swallows LISTEN must not keep us from serving.
  await atMost(LISTEN_PATIENCE_MS, realtime.heard());
  const stopTending = startTending();
  const stopNightly = startNightly();
  const stopSweeping = startSweepingFiles();
  const stopIndexing = startIndexing();
  const metricsServer = await serveMetrics();

  return {
    port,
    async stop() {
      metricsServer?.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.all([stopNightly(), stopTending(), stopSweeping(), stopIndexing()]);
      // A trial is the only copy on its database.
      await realtime.drain({ elsewhere: !env().LOCAL_TRIAL });
      setTimeout(() => server.closeAllConnections(), 1_000).unref();
      await closed;
    },
  };
}

function getLoadContext(req: express.Request, res: express.Response) {
  return {
    cspNonce: res.locals.cspNonce as string,
    clientIp: ipOf(req),
    formToken: formToken(req.headers.cookie),
    taken: () => taken(res),
  };
}

/** Remix writes without asking whether there is room. */
async function taken(res: express.Response): Promise<void> {
  if (!res.writableNeedDrain || res.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      res.off("drain", done).off("close", done);
      resolve();
    };
    res.on("drain", done).on("close", done);
  });
}
