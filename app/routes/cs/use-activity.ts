import { useEffect } from "react";
import { useLiveWorkspace } from "./workspace-context";

const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Tells the desk that somebody is here: only what a person does counts, so that an open page alone is not presence. */
export function useActivity() {
  const workspace = useLiveWorkspace();
  useEffect(() => {
    if (!workspace) return;
    const tell = (event: Event) => event.isTrusted && workspace.active();
    for (const name of INPUTS) window.addEventListener(name, tell, { passive: true, capture: true });
    return () => INPUTS.forEach((name) => window.removeEventListener(name, tell, { capture: true }));
  }, [workspace]);
}
