import { WebSocket } from "ws";
import type { Timings } from "../timings";

/** The client's waits, short enough for tests, with the socket class of Node. */
export const fast: Partial<Timings> & { WebSocket: typeof WebSocket } = {
  WebSocket,
  requestTimeoutMs: 300,
  openTimeoutMs: 300,
  silenceMs: 400,
  backoffBaseMs: 20,
  backoffCapMs: 100,
  overloadedMs: 400,
  replacedMs: 600,
  stableMs: 200,
  retryBlockedMs: 400,
  pollWaitSeconds: 1,
  pollPauseMs: 50,
  typingRepeatMs: 150,
  previewPauseMs: 50,
  typingIdleMs: 200,
  peerTypingMs: 150,
  readPauseMs: 50,
  draftPauseMs: 50,
  leaseMs: 300,
};
