import { pipeline } from "node:stream/promises";
import type { Request, RequestHandler, Response } from "express";
import { customerOf, staffOf } from "~/auth/require.server";
import type { Actor } from "~/auth/actor";
import type { Who } from "~/auth/permissions";
import { permit } from "~/auth/permit.server";
import { mustEnrol } from "~/auth/second-factor.server";
import { NotFound, Refusal } from "~/chat/errors";
import { findFile, linkTo, openFile, type StoredFile } from "~/files/read-file.server";
import { log } from "~/log.server";
import { byteRange } from "./byte-range";
import { REFUSAL_STATUS } from "./refusal-status";

/**
 * GET and HEAD of a file or its thumbnail. Asked anew on each request whether this one may see it. From a folder the bytes
 * come through here, at the reader's pace; from S3 by a link that ends within a minute.
 */
export const serveFile =
  (who: Who): RequestHandler =>
  async (req, res) => {
    // Whatever it is, it is never a page of ours.
    res.set({
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Cross-Origin-Resource-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, no-store",
    });
    try {
      const file = await fileFor(req, who);
      await send(req, res, file);
    } catch (error) {
      if (res.headersSent || res.destroyed) return void res.destroy();
      const refusal = error instanceof Refusal ? error : null;
      if (!refusal) log().error({ error: String(error) }, "a file could not be served");
      for (const name of ["Content-Length", "Content-Disposition", "Content-Range", "ETag"]) res.removeHeader(name);
      res.status(refusal ? REFUSAL_STATUS[refusal.code] : 500).type("text/plain");
      res.send(refusal ? refusal.message : "Something went wrong here. Try again.");
    }
  };

/** A browser may be both: the staff's eyes first, then the customer's. */
async function fileFor(req: Request, row: Who): Promise<StoredFile> {
  const authorization = /^Bearer ([\w.-]+)$/.exec(req.headers.authorization ?? "");
  const credentials = { cookie: req.headers.cookie ?? null, bearer: authorization?.[1] ?? null };
  const which = req.path.endsWith("/thumbnail") ? "thumbnail" : "file";
  let refusal: unknown = new NotFound("There is no such file.");
  for (const who of [staffOf, customerOf]) {
    const actor = await who(credentials);
    if (!actor || !(await isPermitted(row, actor))) continue;
    const found = await findFile(actor, req.params.id ?? "", which).catch((error) => void (refusal = error));
    if (found) return found;
  }
  throw refusal;
}

/** By the same table as pages; whoever has yet to set up a second factor sees no file either. */
async function isPermitted(row: Who, actor: Actor): Promise<boolean> {
  try {
    permit(row, actor);
  } catch {
    return false;
  }
  return actor.kind !== "staff" || !(await mustEnrol(actor));
}

async function send(req: Request, res: Response, file: StoredFile) {
  const saved = "download" in req.query || !file.safeInline;
  const disposition = `${saved ? "attachment" : "inline"}; filename*=UTF-8''${encoded(file.name)}`;
  if (req.method === "GET") {
    const link = await linkTo(file, disposition);
    if (link) return void res.redirect(302, link);
  }
  res.set({
    "Content-Type": file.type,
    "Content-Disposition": disposition,
    "Accept-Ranges": "bytes",
    ETag: file.etag,
  });
  const range = byteRange(req.headers.range, file.size);
  if (range === "none") return void res.status(416).set("Content-Range", `bytes */${file.size}`).end();
  if (range) res.status(206).set("Content-Range", `bytes ${range.start}-${range.end}/${file.size}`);
  res.set("Content-Length", String(range ? range.end - range.start + 1 : file.size));
  if (req.method === "HEAD") return void res.end();
  await pipeline(await openFile(file, range ?? undefined), res);
}

/** RFC 8187: encodeURIComponent leaves these as they are. */
const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
