import { backoffMs } from "./backoff";
import type { Frame } from "./in-flight";
import type { SignIn } from "./sign-in";
import { openWire, type SocketClass, type Wire } from "./socket-like";
import type { Timings } from "./timings";
import { onWake } from "./wake";

export type LinkState = "connecting" | "live" | "waiting" | "polling" | "closed";

export interface LinkOptions {
  url: string;
  timings: Timings;
  SocketClass: SocketClass;
  headers(): Record<string, string> | undefined;
  /** Requests are in flight: a planned reconnect lets them finish first. */
  isBusy(): boolean;
  onFrame(frame: Frame): void;
  onDropped(code: number): void;
  onState(state: LinkState): void;
  renewSignIn(): Promise<SignIn>;
  onSignedOut(): void;
  isHttpWell(): Promise<boolean>;
}

/** Keeps one connection up for ever: notices when it is dead, comes back, and says when only HTTP works. */
export function openLink(options: LinkOptions) {
  const { timings } = options;
  let state: LinkState = "connecting";
  let wire: Wire | null = null;
  let nextTry: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let openedAt = 0;
  /** Of this connection; 0 before its first frame. */
  let heardAt = 0;
  let attempt = 0;
  /** Connections in a row that never said a word. */
  let silent = 0;
  let drainedUntil = 0;
  let startedAt = 0;
  let renewedAt = -Infinity;
  let renewing: Promise<boolean> | null = null;

  const stopWaking = onWake({
    seen: () => (heardAt && timings.now() - heardAt > timings.silenceMs * 0.75 ? restart() : hurry()),
    online: restart,
    offline: () => wire && state === "live" && lost(1006),
  });
  connect();

  function connect(): void {
    clearTimeout(nextTry);
    if (state === "closed" || wire) return;
    if (state !== "polling") become("connecting");
    heardAt = 0;
    startedAt = timings.now();
    wire = openWire(options.SocketClass, options.url, options.headers(), { onOpen, onText, onClosed: lost });
    watch = setTimeout(() => lost(1006, true), timings.openTimeoutMs);
  }

  function onOpen(): void {
    openedAt = timings.now();
    clearTimeout(watch);
    watchSilence(timings.silenceMs);
    become("live");
  }

  function watchSilence(ms: number): void {
    watch = setTimeout(() => {
      const quietMs = timings.now() - (heardAt || openedAt);
      if (quietMs >= timings.silenceMs) lost(1006, true);
      else watchSilence(timings.silenceMs - quietMs);
    }, ms);
  }

  function onText(text: string): void {
    heardAt = timings.now();
    silent = 0;
    const frame = parse(text);
    if (frame?.event === "system:drain") drain(Number((frame.data as { reconnectInMs?: number })?.reconnectInMs) || 0);
    if (frame) options.onFrame(frame);
  }

  /** The instance is about to stop: leave in our own time, and let what is in flight finish first. */
  function drain(reconnectInMs: number): void {
    drainedUntil = timings.now() + reconnectInMs * (1 + timings.random() / 4);
    const leave = (patience: number) => {
      if (options.isBusy() && patience > 0) nextTry = setTimeout(leave, 50, patience - 1);
      else restart();
    };
    clearTimeout(nextTry);
    nextTry = setTimeout(leave, drainedUntil - timings.now(), 40);
  }

  /** `hung`: nobody hung up, it only went quiet. */
  function lost(code: number, hung = false): void {
    const heard = heardAt > 0;
    if (state === "live" && timings.now() - openedAt >= timings.stableMs) attempt = 0;
    letGo(code);
    if (state === "closed") return;
    if (!heard && code < 1008) silent++;
    if (code === 4001) return void signInAgain(startedAt);
    if (code === 4003) return signedOut();
    if (state === "polling") return again(timings.retryBlockedMs * (1 + timings.random()));
    become("waiting");
    const wait = waitAfter(code);
    if (silent >= timings.blockedAfter || (hung && !heard)) void pollIfWell(wait);
    else again(wait);
  }

  async function pollIfWell(otherwiseMs: number): Promise<void> {
    const well = await options.isHttpWell();
    if (state !== "waiting" || wire) return;
    if (!well) return again(otherwiseMs);
    become("polling");
    // A restart of the server looks the same from here: one more try at once tells.
    again(0);
  }

  function waitAfter(code: number): number {
    const drainMs = drainedUntil - timings.now();
    if (drainMs > 0) return drainMs;
    const backoff = backoffMs(attempt++, timings);
    if (code === 1013 || code === 1008) return timings.overloadedMs * (1 + timings.random()) + backoff;
    if (code === 4009) return timings.replacedMs * (1 + timings.random());
    return backoff;
  }

  /** Once for all who ask. Answers whether what failed, begun at `since`, is worth trying again. */
  function signInAgain(since: number): Promise<boolean> {
    if (since < renewedAt) return Promise.resolve(true);
    renewing ??= renew().finally(() => (renewing = null));
    return renewing;
  }

  async function renew(): Promise<boolean> {
    if (state !== "polling") become("waiting");
    const fresh = timings.now() - renewedAt < timings.silenceMs;
    const outcome = fresh ? "refused" : await options.renewSignIn();
    if (state === "closed") return false;
    if (outcome === "refused") return (signedOut(), false);
    if (outcome === "renewed") renewedAt = timings.now();
    again(outcome === "renewed" ? 0 : backoffMs(attempt++, timings));
    return outcome === "renewed";
  }

  function signedOut(): void {
    close();
    options.onSignedOut();
  }

  function again(ms: number): void {
    clearTimeout(nextTry);
    nextTry = setTimeout(connect, ms);
  }

  /** Somebody is looking: no reason to wait any longer. */
  function hurry(): void {
    if (state === "waiting" || state === "polling") connect();
  }

  function restart(): void {
    if (state === "closed") return;
    if (wire) letGo(drainedUntil ? 1012 : 1006);
    drainedUntil = 0;
    attempt = 0;
    connect();
  }

  function letGo(code: number): void {
    clearTimeout(watch);
    wire?.end(code !== 1006);
    wire = null;
    heardAt = 0;
    options.onDropped(code);
  }

  function become(next: LinkState): void {
    if (state === next) return;
    state = next;
    options.onState(next);
  }

  function close(): void {
    if (state === "closed") return;
    stopWaking();
    clearTimeout(nextTry);
    become("closed");
    letGo(1000);
  }

  return {
    get state() {
      return state;
    },
    send: (text: string) => wire?.send(text),
    close,
    signInAgain,
    /** A request sent then got no answer: if nothing else arrived either, the connection is dead. */
    expectWordSince(sentAt: number): void {
      if (state === "live" && heardAt < sentAt) lost(1006, true);
    },
    /** While polling: HTTP does not work either. */
    httpFailed(): void {
      if (state !== "polling") return;
      become("waiting");
      silent = timings.blockedAfter;
      if (!wire) again(backoffMs(attempt++, timings));
    },
  };
}

function parse(text: string): Frame | null {
  try {
    return JSON.parse(text) as Frame;
  } catch {
    return null;
  }
}
