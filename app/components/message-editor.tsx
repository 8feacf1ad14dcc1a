import { useState, type KeyboardEvent } from "react";
import { useText } from "~/messages/text";
import { Button } from "./button";

interface Props {
  content: string;
  onSave(text: string): Promise<void>;
  onClose(): void;
}

/** One's own message, being changed in its place. Enter saves, Escape leaves it as it was. */
export function MessageEditor({ content, onSave, onClose }: Props) {
  const t = useText();
  const [text, setText] = useState(content);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (busy || !text.trim()) return;
    if (text.trim() === content) return onClose();
    setBusy(true);
    try {
      await onSave(text.trim());
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && !event.shiftKey) void save();
    else return;
    // Escape and Enter mean something to the page around it too.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex w-full max-w-[36rem] flex-col gap-2">
      <textarea
        ref={focusAtEnd}
        aria-label={t("log.editLabel")}
        aria-invalid={problem ? true : undefined}
        value={text}
        rows={Math.min(8, text.split("\n").length + 1)}
        maxLength={8_000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="input resize-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {problem && (
          <p role="alert" className="me-auto text-sm font-medium text-danger">
            {problem}
          </p>
        )}
        <Button type="button" size="sm" onClick={onClose}>
          {t("log.cancel")}
        </Button>
        <Button type="button" size="sm" look="primary" aria-disabled={busy || undefined} onClick={() => void save()}>
          {t("log.save")}
        </Button>
      </div>
    </div>
  );
}

function focusAtEnd(node: HTMLTextAreaElement | null) {
  if (!node || document.activeElement === node) return;
  node.focus();
  node.setSelectionRange(node.value.length, node.value.length);
}
