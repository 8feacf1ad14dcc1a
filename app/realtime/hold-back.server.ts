import type { Duplex } from "node:stream";

const held = new Set<Duplex>();

/**
 * Lets everything that is written to a socket in this turn go to the kernel together, when the turn is over: a row and its
 * acknowledgement, or all rows of a batch for one agent, cost one system call. Nothing waits for a timer.
 */
export function holdBack(wire: Duplex) {
  if (held.has(wire)) return;
  if (held.size === 0) process.nextTick(letGo);
  held.add(wire);
  wire.cork();
}

function letGo() {
  for (const wire of held) wire.uncork();
  held.clear();
}
