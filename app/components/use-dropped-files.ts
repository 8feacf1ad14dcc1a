import { useEffect, useState, type RefObject } from "react";

/**
 * Files dropped anywhere on the conversation around `inside` (its <section>). @returns whether some hover over it now
 */
export function useDroppedFiles(inside: RefObject<HTMLElement | null>, onFiles: ((files: File[]) => void) | null) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const zone = inside.current?.closest("section");
    if (!zone || !onFiles) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!zone.contains(event.relatedTarget as Node | null)) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    zone.addEventListener("dragover", onOver);
    zone.addEventListener("dragleave", onLeave);
    zone.addEventListener("drop", onDrop);
    return () => {
      zone.removeEventListener("dragover", onOver);
      zone.removeEventListener("dragleave", onLeave);
      zone.removeEventListener("drop", onDrop);
    };
  }, [inside, onFiles]);
  return over;
}
