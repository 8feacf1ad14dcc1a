import SendHorizontal from "lucide-react/icons/send-horizontal";
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
} from "react";
import { useText } from "~/messages/text";
import type { Attachment } from "~/files/shapes";
import type { FilesBeside } from "~/realtime/client/use-uploads";
import { AttachButton } from "./attach-button";
import { Button } from "./button";
import { UploadList } from "./upload-list";
import { useDroppedFiles } from "./use-dropped-files";

export const MAX_MESSAGE_LENGTH = 8_000;

// Lights up when there is something to send; in CSS, so that it also does without scripts.
const UNLIT =
  "group-has-[:placeholder-shown]:bg-surface-2 group-has-[:placeholder-shown]:text-text-muted group-has-[:placeholder-shown]:hover:bg-surface-2";

interface Props {
  text: string;
  onText(text: string): void;
  /** Called instead of a form post, never without text or files. Without it the form posts. */
  onSend?(text: string, files: Attachment[]): void;
  /** Where files can be attached; `refuse` says why not now. */
  files?: FilesBeside & { refuse?: string };
  /** The hidden inputs of the form beneath: token, clientId. */
  children: ReactNode;
  action?: string;
  /** What the Send button posts as `intent`; null: something else in the form says it. */
  intent?: string | null;
  submitLabel?: string;
  label?: string;
  placeholder?: string;
  /** "enter": Enter sends, Shift+Enter breaks the line (never on a touch keyboard). Ctrl/Cmd+Enter always sends. */
  sendWith?: "enter" | "ctrl-enter";
  error?: string;
  /** Buttons at the start of the lower row. */
  tools?: ReactNode;
  /** A quiet remark beside Send. */
  note?: ReactNode;
  /** For what else the keyboard does in here; preventDefault() keeps the composer out of it. */
  onKeyDown?(event: KeyboardEvent<HTMLTextAreaElement>): void;
  inputRef?: Ref<HTMLTextAreaElement>;
  /** What a list of suggestions needs to say about the box. */
  inputProps?: TextareaHTMLAttributes<HTMLTextAreaElement>;
}

/** Where messages are written: a form that posts without scripts, and a box that grows with its text. */
export function Composer({ text, onText, onSend, children, sendWith = "enter", error, files, ...props }: Props) {
  const t = useText();
  const id = useId();
  const own = useRef<HTMLTextAreaElement | null>(null);
  const over = text.length - MAX_MESSAGE_LENGTH;
  const uploads = files?.uploads ?? null;
  const list = files?.list ?? [];
  const refused = list.length > 0 ? files?.refuse : undefined;
  const problem = over > 0 ? t("composer.tooLong", { over }) : (refused ?? error);
  const canAttach = uploads !== null && !files?.refuse;
  const dropping = useDroppedFiles(own, canAttach ? uploads.add : null);
  useGrowing(own, text);
  useTypedBeforeScripts(own, text, onText);

  const [waits, send] = useSendWhenReady(list, () => {
    const ready = list.some(({ state }) => state === "done");
    if (over > 0 || refused || (!text.trim() && !ready)) return;
    onSend?.(text.trim(), uploads?.take() ?? []);
  });
  const onPaste = (event: ClipboardEvent) => {
    if (!canAttach || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  const onSubmit = (event: FormEvent) => {
    if (!onSend) return;
    event.preventDefault();
    send();
    own.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    props.onKeyDown?.(event);
    if (event.defaultPrevented || event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const plainEnter = sendWith === "enter" && !event.shiftKey && !event.altKey && !isTouch();
    if (!plainEnter && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (onSend) send();
    else event.currentTarget.form?.requestSubmit();
  };

  return (
    <form
      method="post"
      action={props.action}
      encType={files ? "multipart/form-data" : undefined}
      onSubmit={onSubmit}
      className="group flex flex-col gap-1.5"
    >
      {children}
      <div
        className={`flex flex-col rounded-lg border bg-surface transition-colors duration-150 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent ${
          problem ? "border-danger" : dropping ? "border-dashed border-accent bg-accent-soft" : "border-line-strong"
        }`}
      >
        {files && <UploadList {...files} />}
        <textarea
          {...props.inputProps}
          ref={(node) => {
            own.current = node;
            assign(props.inputRef, node);
          }}
          id={id}
          name="content"
          required={!files}
          rows={1}
          dir="auto"
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          aria-label={props.label ?? t("composer.label")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-error` : undefined}
          placeholder={dropping ? t("files.drop") : (props.placeholder ?? t("composer.placeholder"))}
          className="max-h-48 [field-sizing:content] min-h-[44px] w-full resize-none bg-transparent px-3.5 pb-1 pt-2.5 text-base outline-none md:text-[length:inherit]"
        />
        <div className="flex items-center gap-1 p-1.5 pt-0">
          {files && <AttachButton rules={files.rules} onFiles={uploads?.add} disabled={files.refuse !== undefined} />}
          {props.tools}
          <span className="min-w-0 flex-1 truncate px-2 text-end text-xs text-text-muted">
            {waits ? t("files.whenReady") : props.note}
          </span>
          <Button
            name={props.intent === null ? undefined : "intent"}
            value={props.intent === null ? undefined : (props.intent ?? "send")}
            look="primary"
            size="sm"
            className={`min-h-[36px] ${list.length > 0 ? "" : UNLIT}`}
          >
            {props.submitLabel ?? t("composer.send")}
            <SendHorizontal size={16} aria-hidden="true" />
          </Button>
        </div>
      </div>
      {problem && (
        <p id={`${id}-error`} role="alert" className="px-1 text-sm font-medium text-danger">
          {problem}
        </p>
      )}
    </form>
  );
}

/** Send can be pressed while files are on their way: it goes when they are there, and not when one of them failed. */
function useSendWhenReady(list: readonly { state: string }[], send: () => void): [boolean, () => void] {
  const [waits, setWaits] = useState(false);
  const underWay = list.some(({ state }) => state === "waiting" || state === "uploading" || state === "checking");
  const failed = list.some(({ state }) => state === "failed");
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    if (!waits || underWay) return;
    setWaits(false);
    if (!failed) latest.current();
  }, [waits, underWay, failed]);
  return [waits && underWay, () => (underWay ? setWaits(true) : send())];
}

const isTouch = () => matchMedia("(pointer: coarse)").matches;

function assign<T>(ref: Ref<T> | undefined, node: T | null) {
  if (typeof ref === "function") ref(node);
  else if (ref) ref.current = node;
}

function useGrowing(ref: { current: HTMLTextAreaElement | null }, text: string) {
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box || CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }, [ref, text]);
}

// Somebody quick may have written before the scripts arrived; that text wins over ours.
function useTypedBeforeScripts(
  ref: { current: HTMLTextAreaElement | null },
  text: string,
  onText: (text: string) => void,
) {
  useLayoutEffect(() => {
    const typed = ref.current?.value ?? "";
    if (typed && typed !== text) onText(typed);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the page comes alive
  }, []);
}
