import ArrowDown from "lucide-react/icons/arrow-down";
import { useEffect, useState, type RefObject } from "react";
import { useText } from "~/messages/text";
import { IconButton } from "./button";

const FAR_PX = 240;

/** Appears over a log whose reader has gone far back, and leads to its end. */
export function JumpToEnd({ box, ...end }: { box: RefObject<HTMLElement | null>; atEnd: boolean; toEnd(): void }) {
  const t = useText();
  const [far, setFar] = useState(false);
  useEffect(() => {
    const log = box.current;
    if (!log) return;
    // The log starts at its end: there, scrollTop is 0, and further back it is negative.
    const look = () => setFar(log.scrollTop < -FAR_PX);
    log.addEventListener("scroll", look, { passive: true });
    return () => log.removeEventListener("scroll", look);
  }, [box]);
  if (!far && end.atEnd) return null;
  return (
    <IconButton
      type="button"
      label={t("chat.jump")}
      className="appear absolute bottom-3 end-4 border-line bg-surface shadow"
      onClick={() => {
        end.toEnd();
        box.current?.scrollTo({ top: 0, behavior: end.atEnd ? "smooth" : "instant" });
      }}
    >
      <ArrowDown size={18} aria-hidden="true" />
    </IconButton>
  );
}
