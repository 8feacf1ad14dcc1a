import { useState, type MouseEvent, type ReactNode } from "react";
import type { Attachment } from "~/files/shapes";
import { Lightbox } from "./lightbox";

/** For links to pictures: `look(i)` opens the i-th here instead of in a tab; `viewer` goes beside them. */
export function useLightbox(pictures: readonly Attachment[]): {
  look(index: number): (event: MouseEvent) => void;
  viewer: ReactNode;
} {
  // As they were when it was opened: one that arrives meanwhile must not change what is looked at.
  const [open, setOpen] = useState<{ pictures: readonly Attachment[]; start: number } | null>(null);
  return {
    look: (start) => (event) => {
      // Ctrl, Cmd, Shift and the middle button mean what they mean for links.
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setOpen({ pictures, start });
    },
    viewer: open && <Lightbox {...open} onClose={() => setOpen(null)} />,
  };
}
