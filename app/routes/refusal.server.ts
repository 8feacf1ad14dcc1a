import { data } from "@remix-run/node";
import { Refusal } from "~/chat/errors";

/** What a page shows when a verb refused: why, which field, and what was typed. */
export interface RefusalView {
  ok: false;
  code: Refusal["code"];
  message: string;
  fields: Record<string, string>;
  kept: Record<string, string>;
}

const STATUS: Record<Refusal["code"], number> = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
};

export function refusalStatus(code: Refusal["code"]): number {
  return STATUS[code];
}

/**
 * A refusal as an action's answer; `kept` is what the person typed, so that no form loses it.
 * @throws whatever is not a refusal: redirects, and faults of ours.
 */
export function refusalResponse(error: unknown, kept: Record<string, string> = {}) {
  if (!(error instanceof Refusal)) throw error;
  const { fields = {}, retryAfterSeconds } = error.details;
  const view: RefusalView = { ok: false, code: error.code, message: error.message, fields, kept };
  return data(view, {
    status: refusalStatus(error.code),
    headers: retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : undefined,
  });
}
