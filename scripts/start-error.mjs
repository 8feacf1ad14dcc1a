/** Something the person at the keyboard can put right; its message is one line: which, what is wrong, what to do. */
export class StartError extends Error {}

/** Shows an error on one line when it is one of ours, in full when it is a fault. */
export function describe(error) {
  return error instanceof StartError ? error.message : (error?.stack ?? String(error));
}
