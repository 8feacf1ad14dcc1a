import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import Pencil from "lucide-react/icons/pencil";
import Undo2 from "lucide-react/icons/undo-2";
import { useCallback, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { useHydrated } from "./use-hydrated";
import { useText } from "~/messages/text";

export const CHANGEABLE_MS = 5 * 60_000;

interface Props {
  content: string;
  /** Absent when it can no longer be changed. */
  onEdit?(): void;
  onTakeBack?(): void;
  /** Asked, and left as it is: the focus has to go somewhere. */
  onKeep(): void;
}

/**
 * What can be done with a message, beside it: shown to a pointer over it, to the keyboard where there is more to do than
 * to copy, and always to a finger.
 */
export function MessageActions({ content, onEdit, onTakeBack, onKeep }: Props) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  if (!useHydrated()) return null;
  if (asking) {
    return (
      <span role="group" aria-label={t("log.takeBackQuestion")} className="flex flex-col items-end gap-1 text-xs">
        <button
          type="button"
          ref={(node) => node?.focus()}
          className={`${ANSWER} text-danger`}
          onClick={() => (setAsking(false), onTakeBack?.())}
        >
          {t("log.takeBack")}
        </button>
        <button type="button" className={ANSWER} onClick={() => (onKeep(), setAsking(false))}>
          {t("log.keep")}
        </button>
      </span>
    );
  }
  return (
    <span className="flex shrink-0 opacity-0 transition-opacity duration-150 focus-within:opacity-100 group-hover/row:opacity-100 [@media(pointer:coarse)]:opacity-100">
      <CopyButton content={content} reachable={onEdit !== undefined} />
      {onEdit && (
        <Action label={t("log.edit")} onClick={onEdit}>
          <Pencil size={15} aria-hidden="true" />
        </Action>
      )}
      {onTakeBack && (
        <Action label={t("log.takeBack")} onClick={() => setAsking(true)}>
          <Undo2 size={15} aria-hidden="true" />
        </Action>
      )}
    </span>
  );
}

const ANSWER = "inline-flex min-h-[24px] items-center rounded font-medium underline underline-offset-2";

function CopyButton({ content, reachable }: { content: string; reachable: boolean }) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(setCopied, 2_000, false);
    return () => clearTimeout(timer);
  }, [copied]);
  // Pages without https have no clipboard.
  if (!navigator.clipboard) return null;
  const Icon = copied ? Check : Copy;
  return (
    <Action
      label={t(copied ? "log.copied" : "log.copy")}
      tabIndex={reachable ? undefined : -1}
      className="[@media(pointer:coarse)]:hidden"
      onClick={() => void navigator.clipboard.writeText(content).then(() => setCopied(true))}
    >
      <Icon size={15} aria-hidden="true" />
    </Action>
  );
}

function Action(props: { label: string; children: ReactNode; onClick(): void; tabIndex?: number; className?: string }) {
  const { label, className = "", ...rest } = props;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid h-7 w-7 place-items-center rounded text-text-muted hover:bg-surface-2 hover:text-text ${className}`}
      {...rest}
    />
  );
}

/** Whether a message of that moment can still be changed; says so again when it no longer can. */
export function useChangeable(iso: string | undefined): boolean {
  const until = iso ? Date.parse(iso) + CHANGEABLE_MS : 0;
  const subscribe = useCallback(
    (changed: () => void) => {
      const leftMs = until - Date.now();
      const timer = leftMs > 0 ? setTimeout(changed, leftMs + 1) : undefined;
      return () => clearTimeout(timer);
    },
    [until],
  );
  return useSyncExternalStore(
    subscribe,
    () => Date.now() < until,
    () => false,
  );
}
