type Undo = () => void | Promise<void>;

const undos: Undo[] = [];
let running: Promise<void> | null = null;

/** What must be undone however this process ends: last added, first undone. */
export function onEnd(undo: Undo) {
  undos.push(undo);
}

export function undoAll(): Promise<void> {
  return (running ??= (async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      await Promise.resolve()
        .then(undo)
        .catch((error: unknown) => console.error("could not clean up:", error));
    }
    running = null;
  })());
}

/** Runs `work`, cleans up behind it, also after a throw, Ctrl-C and SIGTERM, and ends the process with its answer. */
export async function endWith(work: () => Promise<number>): Promise<never> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // The loader's own listener would end the process before anything is undone.
    process.removeAllListeners(signal);
    process.once(signal, () => void undoAll().then(() => process.exit(signal === "SIGINT" ? 130 : 143)));
  }
  const fail = (error: unknown) => {
    console.error(error instanceof Error ? error.stack : error);
    void undoAll().then(() => process.exit(1));
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  let code = 1;
  try {
    code = await work();
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
  }
  await undoAll();
  process.exit(code);
}
