/** Every wait of the browser client, with its default. Tests shorten them; `now` and `random` are replaceable too. */
export interface Timings {
  /** A request without an answer is given up after this. */
  requestTimeoutMs: number;
  /** A socket that is not open after this counts as blocked. */
  openTimeoutMs: number;
  /** The server speaks at least every 25 s: silence this long means that the connection is dead. */
  silenceMs: number;
  backoffBaseMs: number;
  backoffCapMs: number;
  /** Least wait after the server said that it is overloaded (1013) or that we misbehaved (1008). */
  overloadedMs: number;
  /** Another connection took our place: come back much later, or when somebody looks at this page. */
  replacedMs: number;
  /** A connection that held this long makes the next wait start from the base again. */
  stableMs: number;
  /** So many sockets in a row that never said a word, while HTTP works: sockets are blocked. */
  blockedAfter: number;
  /** While polling, the socket is tried again after this and up to twice this. */
  retryBlockedMs: number;
  /** How long one poll waits at the server; pages of staff follow many chats, so they ask and do not wait. */
  pollWaitSeconds: number;
  pollPauseMs: number;
  typingRepeatMs: number;
  /** Between two previews of what is being typed. */
  previewPauseMs: number;
  typingIdleMs: number;
  peerTypingMs: number;
  readPauseMs: number;
  /** After the last key, before a draft goes to the server. */
  draftPauseMs: number;
  /** Without Web Locks, one tab may send for this long before another may take over. */
  leaseMs: number;
  now(): number;
  random(): number;
}

export const defaultTimings: Timings = {
  requestTimeoutMs: 10_000,
  openTimeoutMs: 8_000,
  silenceMs: 40_000,
  backoffBaseMs: 500,
  backoffCapMs: 30_000,
  overloadedMs: 5_000,
  replacedMs: 60_000,
  stableMs: 5_000,
  blockedAfter: 3,
  retryBlockedMs: 30_000,
  pollWaitSeconds: 25,
  pollPauseMs: 3_000,
  typingRepeatMs: 3_000,
  previewPauseMs: 500,
  typingIdleMs: 4_000,
  peerTypingMs: 6_000,
  readPauseMs: 500,
  draftPauseMs: 1_000,
  leaseMs: 5_000,
  now: () => Date.now(),
  random: () => Math.random(),
};
