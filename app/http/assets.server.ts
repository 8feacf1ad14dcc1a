import { existsSync } from "node:fs";
import { resolve } from "node:path";
import express, { type RequestHandler } from "express";

const ENCODINGS = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
];
const TYPES: Record<string, string> = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };

/** The built scripts and styles, compressed when they were built; their names change with their content, so they last for ever. */
export function assets(): RequestHandler[] {
  const immutable = express.static("public/build", { immutable: true, maxAge: "1y", index: false, redirect: false });
  return [
    (req, res, next) => {
      if (!req.path.startsWith("/build/")) return next();
      req.url = req.url.slice("/build".length);
      chooseEncoding(req, res);
      immutable(req, res, () => res.status(404).type("text/plain").send("There is no such file."));
    },
    express.static("public", { maxAge: "1h", index: false, redirect: false }),
  ];
}

function chooseEncoding(req: express.Request, res: express.Response) {
  const type = TYPES[/\.\w+$/.exec(req.path)?.[0] ?? ""];
  if (!type || req.path.includes("..")) return;
  const accepted = req.acceptsEncodings();
  const found = ENCODINGS.find(
    ({ name, suffix }) => accepted.includes(name) && existsSync(resolve("public/build", `.${req.path}${suffix}`)),
  );
  if (!found) return;
  req.url = req.url.replace(/^[^?]*/, (path) => path + found.suffix);
  res.set({ "Content-Encoding": found.name, "Content-Type": type, Vary: "Accept-Encoding" });
}
