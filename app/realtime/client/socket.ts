import { openLink, type LinkOptions, type LinkState } from "./link";
import { trackRequests, type Frame } from "./in-flight";
import { overHttp, type Fetch } from "./over-http";
import { Disconnected, Refused } from "./refused";
import { renewSignIn } from "./sign-in";
import type { SocketClass } from "./socket-like";
import { timed } from "./timed";
import { defaultTimings, type Timings } from "./timings";

export interface SocketOptions extends Partial<Timings> {
  /** Complete (ws:// or wss://); or `path`, at the page's own origin. */
  url?: string;
  path?: "/ws/chat" | "/ws/cs" | "/ws/admin";
  WebSocket?: SocketClass;
  fetch?: typeof fetch;
  /** For programs, which have no cookies. */
  token?: string | (() => string);
  headers?: Record<string, string>;
  /** Signed out, expired or revoked: a page reloads, which leads to the sign-in form. */
  onSignedOut?(): void;
}

export interface LiveSocket {
  readonly state: LinkState;
  readonly timings: Timings;
  readonly staff: boolean;
  onState(fn: (state: LinkState) => void): () => void;
  /** The server's answer. Rejects with Refused (it said no) or Disconnected (nobody knows). Goes through HTTP while polling. */
  request<T = unknown>(event: string, data?: object): Promise<T>;
  /** Without answer; dropped when not live. */
  notify(event: string, data?: object): void;
  on<T = unknown>(event: string, fn: (data: T) => void): () => void;
  close(): void;
}

export function openSocket(options: SocketOptions): LiveSocket {
  const timings: Timings = { ...defaultTimings, ...options };
  const url = addressOf(options);
  const staff = !url.includes("/ws/chat");
  const listeners = new Map<string, Set<(data: never) => void>>();
  const stateListeners = new Set<(state: LinkState) => void>();
  const requests = trackRequests(timings.requestTimeoutMs, (sentAt) => link.expectWordSince(sentAt), timings.now);
  let polls = new AbortController();

  const send: Fetch = (path, init = {}) =>
    (options.fetch ?? fetch)(new URL(path, url.replace(/^ws/, "http")).href, {
      ...init,
      headers: { ...init.headers, ...headersOf(options) },
    });
  const http = overHttp(send, emit, staff);
  const linkOptions: LinkOptions = {
    url,
    timings,
    SocketClass: options.WebSocket ?? (WebSocket as unknown as SocketClass),
    headers: () => headersOf(options),
    isBusy: () => requests.count() > 0,
    onFrame(frame: Frame) {
      requests.answer(frame);
      if (frame.requestId === undefined || frame.event !== "system:error") emit(frame.event, frame.data);
    },
    onDropped: (code) => requests.abandon(code === 1009),
    onState(state) {
      polls.abort();
      polls = new AbortController();
      for (const fn of [...stateListeners]) fn(state);
    },
    renewSignIn: () => renewSignIn(send),
    onSignedOut: () => options.onSignedOut?.(),
    async probe(blocked) {
      // Only staff have a sign-in that expires; customers ask when there is a decision to make.
      if (!staff && !blocked) return "unknown";
      const path = staff ? "/api/auth/me" : "/api/health";
      const response = await timed((signal) => send(path, { signal }), timings.requestTimeoutMs).catch(() => null);
      if (response?.status === 401) return "expired";
      return response?.ok ? "well" : "unknown";
    },
  };
  const link = openLink(linkOptions);

  function emit(event: string, data: unknown): void {
    for (const fn of [...(listeners.get(event) ?? [])]) fn(data as never);
  }

  async function poll(event: string, data: object): Promise<unknown> {
    const startedAt = timings.now();
    const waitMs = "wait" in data ? Number(data.wait) * 1000 : 0;
    const ask = () =>
      timed((signal) => http(event, { ...data }, signal), timings.requestTimeoutMs + waitMs, polls.signal);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused && error.code === "UNAUTHENTICATED" && (await link.signInAgain(startedAt)))
        return ask();
      if (error instanceof Disconnected) link.httpFailed();
      throw error;
    }
  }

  return {
    get state() {
      return link.state;
    },
    timings,
    staff,
    onState: (fn) => added(stateListeners, fn),
    request: <T>(event: string, data: object = {}) => {
      if (link.state === "live") return requests.open(event, data, link.send) as Promise<T>;
      if (link.state === "polling") return poll(event, data) as Promise<T>;
      return Promise.reject(new Disconnected());
    },
    notify(event, data = {}) {
      if (link.state === "live") link.send(JSON.stringify({ event, data }));
    },
    on(event, fn) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      return added(set, fn);
    },
    close: link.close,
  };
}

function added<T>(set: Set<T>, one: T): () => void {
  set.add(one);
  return () => void set.delete(one);
}

function addressOf({ url, path }: SocketOptions): string {
  return url ?? new URL(path ?? "/ws/chat", location.href.replace(/^http/, "ws")).href;
}

function headersOf({ token, headers }: SocketOptions): Record<string, string> | undefined {
  const bearer = typeof token === "function" ? token() : token;
  return bearer || headers ? { ...headers, ...(bearer && { authorization: `Bearer ${bearer}` }) } : undefined;
}
