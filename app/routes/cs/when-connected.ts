import type { Workspace } from "~/realtime/client/workspace";

const PATIENCE_MS = 5_000;

/**
 * Waits a little for the connection to come (back), so that a press in the first moment of a page, or during a blink,
 * does what it says. After that the caller tries anyway, and is told that there is no connection.
 */
export function whenConnected(workspace: Workspace): Promise<void> {
  const isConnected = () => ["live", "polling"].includes(workspace.getSnapshot().connection);
  if (isConnected()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, PATIENCE_MS);
    const stop = workspace.subscribe(() => isConnected() && done());
  });
}
