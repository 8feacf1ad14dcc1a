import "@remix-run/node";

declare module "@remix-run/node" {
  /** What server.ts hands to every loader and action. */
  interface AppLoadContext {
    cspNonce: string;
    clientIp: string;
    formToken: string;
    /** Resolves when the reader has taken what was sent, or is gone: for answers that are longer than memory. */
    taken(): Promise<void>;
  }

  // Types of loader data as they arrive: Dates stay Dates, promises stay promises.
  interface Future {
    v3_singleFetch: true;
  }
}
