export interface WakeHandlers {
  /** Somebody looks at the page again, or it came back from the browser's memory. */
  seen(): void;
  online(): void;
  offline(): void;
}

/** Listens to what only a browser knows; does nothing elsewhere. Returns its own stop. */
export function onWake({ seen, online, offline }: WakeHandlers): () => void {
  if (typeof window === "undefined" || typeof document === "undefined") return () => {};
  const visible = () => document.visibilityState === "visible" && seen();
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  window.addEventListener("pageshow", seen);
  document.addEventListener("visibilitychange", visible);
  return () => {
    window.removeEventListener("online", online);
    window.removeEventListener("offline", offline);
    window.removeEventListener("pageshow", seen);
    document.removeEventListener("visibilitychange", visible);
  };
}
