import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type AppLoadContext, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "./log.server";
import { NonceContext } from "./nonce";

/** Loaders that stream get this long, in milliseconds; the page itself is given up one second later. */
export const streamTimeout = 5_000;

/** A fault of ours in a loader, an action or a page: one line of JSON like all others. Who left hears nothing anyway. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) report(error);
}

const report = (error: unknown) =>
  log().error({ error: error instanceof Error ? error.stack : String(error) }, "a page failed");

/** Sends the page as soon as its frame is ready; crawlers wait for all of it. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { cspNonce }: AppLoadContext,
) {
  return new Promise<Response>((resolve, reject) => {
    const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
    let answered = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <RemixServer context={remixContext} url={request.url} nonce={cspNonce} />
      </NonceContext.Provider>,
      {
        nonce: cspNonce,
        [ready]() {
          answered = true;
          const body = new PassThrough();
          headers.set("Content-Type", "text/html; charset=utf-8");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError(error: unknown) {
          status = 500;
          // Before the first byte the error comes back through onShellError, and is reported there.
          if (answered) report(error);
        },
      },
    );
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}
