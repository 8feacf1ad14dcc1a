import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import Download from "lucide-react/icons/download";
import X from "lucide-react/icons/x";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Attachment } from "~/files/shapes";
import { useText } from "~/messages/text";
import { buttonClass, IconButton } from "./button";

interface Props {
  pictures: readonly Attachment[];
  start: number;
  onClose(): void;
}

/** Pictures in full. Escape closes it, the arrow keys go on and back; the focus returns to where it was. */
export function Lightbox({ pictures, start, onClose }: Props) {
  const t = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(start);
  const picture = pictures[at] ?? pictures[0]!;
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const go = (by: number) => setAt((now) => (now + by + pictures.length) % pictures.length);
  const onKeyDown = (event: KeyboardEvent) => {
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    if (event.key === "ArrowRight") go(rtl);
    else if (event.key === "ArrowLeft") go(-rtl);
    // What is beneath has keys of its own.
    event.stopPropagation();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={t("files.viewer")}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      className="m-0 h-[100dvh] max-h-none w-full max-w-none flex-col bg-bg p-0 text-text backdrop:bg-bg open:flex"
    >
      <div className="flex items-center gap-2 border-b border-line bg-surface px-3 py-2">
        <span className="min-w-0 flex-1 truncate text-sm font-medium">{picture.name}</span>
        {pictures.length > 1 && (
          <span role="status" className="shrink-0 text-sm tabular-nums text-text-muted">
            {t("files.of", { n: at + 1, count: pictures.length })}
          </span>
        )}
        <a
          href={`${picture.url}?download`}
          download={picture.name}
          title={t("files.save")}
          aria-label={t("files.download", { name: picture.name })}
          className={buttonClass({ look: "quiet", icon: true })}
        >
          <Download size={18} aria-hidden="true" />
        </a>
        <IconButton type="button" label={t("files.close")} onClick={() => dialog.current?.close()}>
          <X size={20} aria-hidden="true" />
        </IconButton>
      </div>
      <div
        className="relative flex min-h-0 flex-1 items-center justify-center p-4"
        onClick={() => dialog.current?.close()}
      >
        <img
          key={picture.id}
          src={picture.url}
          alt={t("files.viewer")}
          width={picture.width ?? undefined}
          height={picture.height ?? undefined}
          onClick={(event) => event.stopPropagation()}
          className="h-auto max-h-full w-auto max-w-full object-contain"
        />
      </div>
      {pictures.length > 1 && (
        <div className="flex justify-center gap-2 border-t border-line bg-surface p-2">
          <IconButton type="button" label={t("files.previous")} onClick={() => go(-1)}>
            <ChevronLeft size={20} aria-hidden="true" className="rtl:rotate-180" />
          </IconButton>
          <IconButton type="button" label={t("files.next")} onClick={() => go(1)}>
            <ChevronRight size={20} aria-hidden="true" className="rtl:rotate-180" />
          </IconButton>
        </div>
      )}
    </dialog>
  );
}
