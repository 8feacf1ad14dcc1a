import RotateCw from "lucide-react/icons/rotate-cw";
import X from "lucide-react/icons/x";
import { sizeText, type FileRules } from "~/files/shapes";
import { useLocale, useText } from "~/messages/text";
import type { Upload, Uploads } from "~/realtime/client/uploads";
import { FileIcon } from "./file-icon";

interface Props {
  list: readonly Upload[];
  rules: FileRules;
  /** Absent until scripts run. */
  uploads: Uploads | null;
}

/** The files beside a text: how far each is, and what can be done with it. */
export function UploadList({ list, rules, uploads }: Props) {
  const t = useText();
  if (list.length === 0) return null;
  return (
    <ul aria-label={t("files.list")} className="flex max-h-44 flex-col gap-1 overflow-y-auto p-1.5 pb-0">
      {list.map((one) => (
        <li
          key={one.key}
          data-state={one.state}
          className={`flex min-h-[44px] items-center gap-2.5 rounded px-2 py-1 text-sm ${one.state === "failed" ? "bg-danger-soft" : "bg-surface-2"}`}
        >
          <Picture one={one} />
          <span className="min-w-0 flex-1 leading-tight">
            <span className="block truncate font-medium">{one.name}</span>
            <Status one={one} rules={rules} />
          </span>
          {uploads ? (
            <>
              {one.again && one.state === "failed" && (
                <Press label={`${t("files.retry")}: ${one.name}`} onClick={() => uploads.retry(one.key)}>
                  <RotateCw size={15} aria-hidden="true" />
                </Press>
              )}
              <Press
                label={t(isOnItsWay(one) ? "files.cancel" : "files.remove", { name: one.name })}
                onClick={() => uploads.remove(one.key)}
              >
                <X size={16} aria-hidden="true" />
              </Press>
            </>
          ) : (
            one.attachment && (
              <label className="flex items-center gap-2 text-text-muted">
                <input
                  type="checkbox"
                  name="attachmentIds"
                  value={one.attachment.id}
                  defaultChecked
                  className="h-5 w-5 accent-[var(--accent)]"
                />
                {t("files.kept")}
              </label>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

const isOnItsWay = ({ state }: Upload) => state === "waiting" || state === "uploading" || state === "checking";

function Picture({ one }: { one: Upload }) {
  const address = one.preview ?? one.attachment?.thumbnailUrl;
  if (!address) return <FileIcon name={one.name} />;
  return <img src={address} alt="" width={32} height={32} className="h-8 w-8 shrink-0 rounded object-cover" />;
}

function Status({ one, rules }: { one: Upload; rules: FileRules }) {
  const t = useText();
  const locale = useLocale();
  const quiet = "block truncate text-xs text-text-muted";
  if (one.state === "failed") {
    const why =
      one.message ??
      t(`files.${one.problem ?? "failed"}`, { size: sizeText(rules.maxBytes, locale), count: rules.perMessage });
    return (
      <span role="alert" className="block text-xs font-medium text-danger">
        {why}
      </span>
    );
  }
  if (one.state === "lost") return <span className={quiet}>{t("files.lost")}</span>;
  if (one.state === "checking") return <span className={quiet}>{t("files.checking")}</span>;
  if (one.state === "done") return <span className={quiet}>{sizeText(one.size, locale)}</span>;
  const percent = Math.round(one.progress * 100);
  return (
    <progress
      max={100}
      value={percent}
      aria-label={t("files.uploading", { name: one.name, percent })}
      className="upload-bar mt-1 block h-1.5 w-full"
    />
  );
}

function Press({ label, ...rest }: { label: string; onClick(): void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="-my-1 grid h-8 w-8 shrink-0 place-items-center rounded text-text-muted hover:bg-surface hover:text-text max-md:h-11 max-md:w-11"
      {...rest}
    />
  );
}
