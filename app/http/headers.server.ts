import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";
import helmet from "helmet";
import { env } from "~/env.server";
import { pictureOrigins } from "~/settings/picture-origins.server";

/** A fresh nonce for each answer: scripts that we did not write have none. */
export const giveNonce: RequestHandler = (_req, res, next) => {
  res.locals.cspNonce = randomBytes(16).toString("base64url");
  next();
};

/** Pictures come by a link to the bucket, which a browser follows only where the policy names it. */
function fileOrigins(): string[] {
  const { S3_ENDPOINT, S3_PUBLIC_URL, S3_BUCKET, S3_FORCE_PATH_STYLE } = env();
  const address = S3_PUBLIC_URL ?? S3_ENDPOINT;
  if (!address) return [];
  const { protocol, host } = new URL(address);
  return [S3_FORCE_PATH_STYLE ? `${protocol}//${host}` : `${protocol}//${S3_BUCKET}.${host}`];
}

/** What this program never asks for, no frame in it may have either. */
export const permissionsPolicy: RequestHandler = (_req, res, next) => {
  res.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  next();
};

export function securityHeaders(): RequestHandler {
  const https = env().APP_ORIGIN?.every((o) => o.startsWith("https:")) ?? false;
  // `remix dev` reloads the page over a socket of its own.
  const development = env().NODE_ENV === "development";
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": [
          "'self'",
          (_req, res) => `'nonce-${(res as unknown as { locals: { cspNonce: string } }).locals.cspNonce}'`,
        ],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", ...fileOrigins(), () => pictureOrigins().join(" ")],
        "font-src": ["'self'"],
        "connect-src": development ? ["'self'", "ws:"] : ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        // No text becomes a script or markup, whoever writes it; no policy may be made that would let it.
        ...(!development && { "require-trusted-types-for": ["'script'"], "trusted-types": ["'none'"] }),
      },
    },
    strictTransportSecurity: https,
    xFrameOptions: { action: "sameorigin" },
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
  });
}
