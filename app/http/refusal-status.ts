import type { Refusal } from "~/chat/errors";

/** The header that says when another try may work, where that is known. */
export const retryAfter = ({ details: { retryAfterSeconds } }: Refusal): HeadersInit | undefined =>
  retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : undefined;

/** What a verb's refusal is in HTTP, for pages and programs alike. */
export const REFUSAL_STATUS: Record<Refusal["code"], number> = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  SECOND_FACTOR_REQUIRED: 401,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  UNAVAILABLE: 503,
};
