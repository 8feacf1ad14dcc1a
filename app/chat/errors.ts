import { isOutage, OUTAGE_RETRY_SECONDS } from "~/outage";

/** What a verb refuses with. Each door translates these in one place; anything else is a fault of ours. */
export class Refusal extends Error {
  constructor(
    readonly code:
      | "INVALID"
      | "UNAUTHENTICATED"
      | "SECOND_FACTOR_REQUIRED"
      | "NOT_ALLOWED"
      | "NOT_FOUND"
      | "CONFLICT"
      | "TOO_LARGE"
      | "UNSUPPORTED_TYPE"
      | "RATE_LIMITED"
      | "OVERLOADED"
      | "UNAVAILABLE",
    message: string,
    readonly details: { fields?: Record<string, string>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
  }
}

export class Invalid extends Refusal {
  constructor(message: string, fields?: Record<string, string>) {
    super("INVALID", message, { fields });
  }
}

export class NotSignedIn extends Refusal {
  constructor(message = "Sign in first.") {
    super("UNAUTHENTICATED", message);
  }
}

/** The password was right; the code of their second factor is missing. */
export class SecondFactorRequired extends Refusal {
  constructor(readonly userId: number) {
    super("SECOND_FACTOR_REQUIRED", "Add the code of your authenticator app, or a recovery code.");
  }
}

export class NotAllowed extends Refusal {
  constructor(message = "You are not allowed to do that.") {
    super("NOT_ALLOWED", message);
  }
}

/** Also the answer for what exists and is somebody else's. */
export class NotFound extends Refusal {
  constructor(message = "There is no such chat.") {
    super("NOT_FOUND", message);
  }
}

export class Conflict extends Refusal {
  constructor(message: string) {
    super("CONFLICT", message);
  }
}

export class TooLarge extends Refusal {
  constructor(message: string) {
    super("TOO_LARGE", message);
  }
}

export class UnsupportedType extends Refusal {
  constructor(message: string) {
    super("UNSUPPORTED_TYPE", message);
  }
}

export class RateLimited extends Refusal {
  constructor(retryAfterSeconds: number, message = "That was too often. Wait a moment and try again.") {
    super("RATE_LIMITED", message, { retryAfterSeconds });
  }
}

export class Overloaded extends Refusal {
  constructor(retryAfterSeconds = 1) {
    super("OVERLOADED", "Very busy at the moment. Your text is kept: try again shortly.", { retryAfterSeconds });
  }
}

/** What whoever asked is told of an error: a refusal as it is, a database that is away as one; null: a fault of ours. */
export function refusalFrom(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  return isOutage(error) ? new Overloaded(OUTAGE_RETRY_SECONDS) : null;
}
