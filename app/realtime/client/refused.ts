/** The server understood and said no. `code` is one of the codes of app/chat/errors.ts. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: { fields?: Record<string, string>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
  }

  static from(error: Partial<Pick<Refused, "code" | "message"> & Refused["details"]> | undefined): Refused {
    const { code = "UNKNOWN", message = "That did not work.", fields, retryAfterSeconds } = error ?? {};
    return new Refused(code, message, { fields, retryAfterSeconds });
  }
}

/** No answer: it may or may not have happened. Whatever carries a clientId can simply be sent again. */
export class Disconnected extends Error {
  constructor(message = "There is no connection at the moment.") {
    super(message);
  }
}
