import ChevronDown from "lucide-react/icons/chevron-down";
import { useId, type MouseEvent } from "react";
import type { ChatFile } from "~/files/chat-files";
import { sizeText } from "~/files/shapes";
import { useStaffText } from "~/messages/staff-text";
import { useLocale, useText } from "~/messages/text";
import { FileIcon } from "./file-icon";
import { useLightbox } from "./use-lightbox";

const SHOWN = 5;

/** Everything that was sent in a chat, to be found again without reading it; nothing where nothing was sent. */
export function ChatFileList({ files, heading }: { files: readonly ChatFile[]; heading: string }) {
  const t = useStaffText();
  const id = useId();
  const pictures = files.filter(({ thumbnailUrl }) => thumbnailUrl !== null);
  const { look, viewer } = useLightbox(pictures);
  if (files.length === 0) return null;
  const line = (file: ChatFile) => (
    <FileLine key={file.id} file={file} onClick={file.thumbnailUrl ? look(pictures.indexOf(file)) : undefined} />
  );
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={heading}>
        {files.length === 1 ? t("about.files.one") : t("about.files", { count: files.length })}
      </h2>
      <ul className="-mx-2 flex flex-col">{files.slice(0, SHOWN).map(line)}</ul>
      {files.length > SHOWN && (
        <details className="group -mx-2">
          <summary className="flex min-h-[36px] cursor-pointer list-none items-center gap-1.5 rounded px-2 text-text-muted hover:bg-surface-2 hover:text-text [&::-webkit-details-marker]:hidden">
            <ChevronDown size={16} aria-hidden="true" className="transition-transform group-open:rotate-180" />
            {t("about.files.older", { count: files.length - SHOWN })}
          </summary>
          <ul className="flex flex-col">{files.slice(SHOWN).map(line)}</ul>
        </details>
      )}
      {viewer}
    </section>
  );
}

function FileLine({ file, onClick }: { file: ChatFile; onClick?(event: MouseEvent): void }) {
  const t = useText();
  const locale = useLocale();
  const target = file.thumbnailUrl
    ? { href: file.url, target: "_blank", rel: "noopener" }
    : { href: `${file.url}?download`, download: file.name };
  return (
    <li>
      <a
        {...target}
        onClick={onClick}
        title={file.name}
        aria-label={t(file.thumbnailUrl ? "files.open" : "files.download", { name: file.name })}
        className="flex min-h-[44px] items-center gap-2.5 rounded px-2 py-1 transition-colors duration-150 hover:bg-surface-2"
      >
        {file.thumbnailUrl ? (
          <img
            src={file.thumbnailUrl}
            alt=""
            width={32}
            height={32}
            loading="lazy"
            decoding="async"
            className="h-8 w-8 shrink-0 rounded border border-line bg-surface-2 object-cover"
          />
        ) : (
          <FileIcon name={file.name} />
        )}
        <span className="min-w-0 leading-tight">
          <span dir="auto" className="block truncate font-medium">
            {file.name}
          </span>
          <span className="block text-xs text-text-muted">{sizeText(file.size, locale)}</span>
        </span>
      </a>
    </li>
  );
}
