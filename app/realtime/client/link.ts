import { backoffMs, waitMs } from "./backoff";
import type { Frame } from "./in-flight";
import { keepSignedIn, type SignIn } from "./sign-in";
import { watchSilence } from "./silence";
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
  /** Why a connection did not open; `blocked`: it looks as if none ever will. */
  probe(blocked: boolean): Promise<"well" | "expired" | "unknown">;
}

/** Keeps one connection up for ever: notices when it is dead, comes back, and says when only HTTP works. */
export function openLink(options: LinkOptions) {
  const { timings } = options;
  let state: LinkState = "connecting";
  let wire: Wire | null = null;
  let nextTry: ReturnType<typeof setTimeout> | undefined;
  let stopWatch = () => {};
  let openedAt = 0;
  /** Of this connection; 0 before its first frame. */
  let heardAt = 0;
  let attempt = 0;
  /** Connections in a row that did not open, or opened and answered nothing. */
  let silent = 0;
  let probing = false;
  let drainedUntil = 0;
  let startedAt = 0;
  const signIn = keepSignedIn(options.renewSignIn, timings);

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
    const tooLong = setTimeout(() => lost(1006, true), timings.openTimeoutMs);
    stopWatch = () => clearTimeout(tooLong);
  }

  function onOpen(): void {
    openedAt = timings.now();
    drainedUntil = 0;
    stopWatch();
    stopWatch = watchSilence(
      timings,
      () => heardAt || openedAt,
      () => lost(1006, true),
    );
    become("live");
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
    const unanswered = !heard && (state !== "live" || options.isBusy());
    if (state === "live" && timings.now() - openedAt >= timings.stableMs) attempt = 0;
    letGo(code);
    if (state === "closed") return;
    if (unanswered && code < 1008) silent++;
    if (code === 4001) return void signInAgain(startedAt);
    if (code === 4003) return signedOut();
    if (state === "polling") return again(timings.retryBlockedMs * (1 + timings.random()));
    become("waiting");
    again(waitAfter(code));
    if (unanswered || (hung && !heard)) void findOutWhy(hung || silent >= timings.blockedAfter);
  }

  /** A page is not told why its socket was refused, but HTTP says. Beside the tries, since this answer may hang as well. */
  async function findOutWhy(blocked: boolean): Promise<void> {
    if (probing) return;
    probing = true;
    const begun = startedAt;
    const found = await options.probe(blocked);
    probing = false;
    if (state !== "waiting" && state !== "connecting") return;
    if (found === "expired") return void signInAgain(begun);
    if (found === "unknown" || !blocked) return;
    become("polling");
    // A restart of the server looks the same from here: one more try at once tells.
    again(0);
  }

  function waitAfter(code: number): number {
    const drainMs = drainedUntil - timings.now();
    return drainMs > 0 ? drainMs : waitMs(code, attempt++, timings);
  }

  /** Answers whether what failed, begun at `since`, is worth trying again. */
  async function signInAgain(since: number): Promise<boolean> {
    if (state !== "polling") become("waiting");
    const outcome = await signIn.renew(since);
    if (state === "closed") return false;
    if (outcome === "refused") signedOut();
    else again(outcome === "renewed" ? 0 : waitAfter(4001));
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
    stopWatch();
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
