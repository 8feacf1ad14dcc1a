import { useEffect, useState } from "react";

/** True once `now` has been true for so long: a blink of the connection is nobody's business. */
export function useStays(now: boolean, forMs: number): boolean {
  const [stayed, setStayed] = useState(false);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => setStayed(true), forMs);
    return () => {
      clearTimeout(timer);
      setStayed(false);
    };
  }, [now, forMs]);
  return now && stayed;
}
