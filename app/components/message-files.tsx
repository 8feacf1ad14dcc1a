import type { MouseEvent } from "react";
import { sizeText, type Attachment } from "~/files/shapes";
import { useLocale, useText } from "~/messages/text";
import { FileIcon } from "./file-icon";
import { useLightbox } from "./use-lightbox";

const WIDEST_PX = 280;
const TALLEST_PX = 220;

interface Props {
  files: readonly Attachment[];
  mine: boolean;
  /** Says beneath each picture what it is called, as paper cannot when one points at it. */
  named?: boolean;
}

/** The files of one message: pictures to look at, others to save. Links, so that they work without scripts. */
export function MessageFiles({ files, mine, named = false }: Props) {
  const pictures = files.filter(({ thumbnailUrl }) => thumbnailUrl !== null);
  const others = files.filter(({ thumbnailUrl }) => thumbnailUrl === null);
  const { look, viewer } = useLightbox(pictures);
  return (
    <div className={`flex max-w-full flex-col gap-1.5 ${mine ? "items-end" : "items-start"}`}>
      {pictures.length > 0 && (
        <div className={`flex flex-wrap gap-1.5 ${mine ? "justify-end" : ""}`}>
          {pictures.map((one, i) => (
            <figure key={one.id} className="min-w-0 max-w-full">
              <PictureLink file={one} onClick={look(i)} />
              {named && <Caption file={one} />}
            </figure>
          ))}
        </div>
      )}
      {others.map((one) => (
        <FileLink key={one.id} file={one} />
      ))}
      {viewer}
    </div>
  );
}

function PictureLink({ file, onClick }: { file: Attachment; onClick(event: MouseEvent): void }) {
  const t = useText();
  const { width, height } = shownSize(file);
  return (
    <a
      href={file.url}
      target="_blank"
      rel="noopener"
      onClick={onClick}
      aria-label={t("files.open", { name: file.name })}
      title={file.name}
      className="block w-fit max-w-full overflow-hidden rounded-lg border border-line bg-surface-2"
    >
      <img
        src={file.thumbnailUrl ?? ""}
        alt={file.name}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        className="h-auto max-w-full object-cover"
      />
    </a>
  );
}

function Caption({ file }: { file: Attachment }) {
  const locale = useLocale();
  return (
    <figcaption className="mt-1 text-xs text-text-muted">
      {file.name} · {sizeText(file.size, locale)}
    </figcaption>
  );
}

function FileLink({ file }: { file: Attachment }) {
  const t = useText();
  const locale = useLocale();
  return (
    <a
      href={`${file.url}?download`}
      download={file.name}
      aria-label={t("files.download", { name: file.name })}
      className="flex min-h-[44px] max-w-full items-center gap-2.5 rounded-lg border border-line bg-surface px-2.5 py-1.5 text-sm text-text transition-colors duration-150 hover:bg-surface-2"
    >
      <FileIcon name={file.name} />
      <span className="min-w-0 leading-tight">
        <span className="block truncate font-medium">{file.name}</span>
        <span className="block text-xs text-text-muted">{sizeText(file.size, locale)}</span>
      </span>
    </a>
  );
}

/** Its place is kept before it is there, so that nothing jumps. */
function shownSize({ width, height }: Attachment) {
  if (!width || !height) return { width: WIDEST_PX, height: TALLEST_PX };
  const scale = Math.min(1, WIDEST_PX / width, TALLEST_PX / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
