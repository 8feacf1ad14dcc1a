import CheckCheck from "lucide-react/icons/check-check";
import Check from "lucide-react/icons/check";
import { memo, useRef, useState } from "react";
import { useText } from "~/messages/text";
import { FailedSend } from "./failed-send";
import { Linkify } from "./linkify";
import type { LogRow } from "./log-rows";
import { MessageActions, useChangeable } from "./message-actions";
import { MessageEditor } from "./message-editor";
import { MessageFiles } from "./message-files";
import { PlainEditLink, PlainEditor, usePlainChange, type PlainChange } from "./plain-change";
import { Time } from "./time";

export interface RowActions {
  onRetry?(clientId: string): void;
  onDiscard?(clientId: string): void;
  /** Both reject with why, when it is refused. */
  onEdit?(seq: number, text: string): Promise<void>;
  onTakeBack?(seq: number): Promise<void>;
  /** Who looks at it, where others write on the same side: only own messages can be changed. */
  me?: number;
  /** Without scripts. */
  plain?: PlainChange;
}

interface Props extends RowActions {
  row: LogRow & { kind: "message" };
  peerName: string;
  /** Whether the other side has read it. */
  seen: boolean;
  /** It is the one that was looked for. */
  marked?: boolean;
  /** What stands out in it. */
  words?: readonly string[];
}

/** One message: what was said, by whom, when, and what became of it. */
export const MessageRow = memo(function MessageRow({ row, peerName, seen, marked, words, ...actions }: Props) {
  const t = useText();
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState("");
  const item = useRef<HTMLLIElement>(null);
  const { mine, first, last, message, pending } = row;
  const byMe = mine && (!message || isBy(message.senderId, actions.me));
  const own = byMe && message !== undefined && !message.takenBack;
  const changeable = useChangeable(own ? message?.createdAt : undefined) && actions.onEdit !== undefined;
  const files = message?.attachments ?? pending?.attachments ?? [];
  const content = message?.content ?? pending?.content ?? "";
  // A message may be nothing but files.
  const says = content !== "" || message?.takenBack || files.length === 0;
  const sender = byMe ? t("log.you") : (message?.senderName ?? peerName);
  const plain = usePlainChange(actions.plain, own ? message : undefined);
  const takeBack = () => {
    item.current?.focus();
    actions.onTakeBack?.(message!.seq).catch((error: unknown) => setProblem(String((error as Error).message)));
  };
  return (
    <li
      ref={item}
      tabIndex={-1}
      data-seq={message?.seq}
      id={marked ? `m${message?.seq}` : undefined}
      aria-current={marked || undefined}
      className={`scroll-my-24 group/row flex flex-col ${mine ? "items-end" : "items-start"} ${first ? "mt-3" : "mt-0.5"}`}
    >
      {plain && message && plain.editing === message.seq ? (
        <PlainEditor message={message} refused={plain.refused} />
      ) : editing && message ? (
        <MessageEditor
          content={message.content}
          onSave={(text) => actions.onEdit!(message.seq, text)}
          onClose={() => {
            setEditing(false);
            item.current?.focus();
          }}
        />
      ) : (
        <div className={`flex w-full items-center gap-1 ${mine ? "flex-row-reverse" : ""}`}>
          <div className={`flex max-w-[min(82%,36rem)] min-w-0 flex-col gap-1.5 ${mine ? "items-end" : "items-start"}`}>
            {says && (
              <div
                className={`break-anywhere max-w-full whitespace-pre-wrap rounded-lg px-3.5 py-2 ${bubble(row)} ${marked ? "ring-2 ring-accent ring-offset-2 ring-offset-surface" : ""}`}
              >
                <span className="sr-only">
                  {isNote(row) ? `${t("log.note")}, ` : ""}
                  {byMe ? t("log.you") : sender}:{" "}
                </span>
                <span dir="auto" className="block">
                  {message?.takenBack ? t("log.takenBack") : <Linkify text={content} words={words} />}
                </span>
              </div>
            )}
            {!says && <span className="sr-only">{byMe ? t("log.you") : sender}: </span>}
            {files.length > 0 && <MessageFiles files={files} mine={mine} />}
          </div>
          {plain && message && <PlainEditLink seq={message.seq} />}
          {message && !message.takenBack && (
            <MessageActions
              content={message.content}
              onEdit={changeable ? () => setEditing(true) : undefined}
              onTakeBack={changeable ? takeBack : undefined}
              onKeep={() => item.current?.focus()}
            />
          )}
        </div>
      )}
      {problem && (
        <p role="alert" className="mt-1 px-1 text-xs font-medium text-danger">
          {problem}
        </p>
      )}
      {pending?.state === "failed" ? (
        <FailedSend pending={pending} {...actions} />
      ) : (
        (last || message?.edited) && (
          <p className="mt-1 flex max-w-full items-center gap-1 px-1 text-xs text-text-muted">
            {last && isNote(row) && <span className="font-medium">{t("log.note")} ·</span>}
            {last && (!byMe || isNote(row)) && <span className="min-w-0 truncate font-medium">{sender} ·</span>}
            {message?.edited && !message.takenBack && (
              <span>
                {t("log.edited")}
                {last && " ·"}
              </span>
            )}
            {last && (pending ? t("log.sending") : <Time iso={message.createdAt} />)}
            {last && mine && message && !isNote(row) && <Tick seen={seen} />}
          </p>
        )
      )}
    </li>
  );
}, sameRow);

/** Rows are made anew with each message; what they show is compared, so that only the changed ones are drawn again. */
function sameRow({ row: a, ...before }: Props, { row: b, ...after }: Props): boolean {
  const alike = a.message === b.message && a.pending === b.pending && a.first === b.first && a.last === b.last;
  return alike && (Object.keys(after) as (keyof typeof after)[]).every((key) => before[key] === after[key]);
}

const isNote = ({ message, pending }: Props["row"]) => message?.note === true || pending?.kind === "note";

// One's own newest rows do not know their sender yet.
const isBy = (senderId: number | null, me: number | undefined) =>
  me === undefined || senderId === null || senderId === me;

// The corner nearest the sender is sharp at the end of a run: who speaks is seen before it is read.
function bubble(row: Props["row"]) {
  const { mine, last, message, pending } = row;
  const corner = last ? (mine ? "rounded-ee-sm" : "rounded-es-sm") : "";
  if (pending?.state === "failed") return "border border-danger bg-danger-soft text-text";
  if (message?.takenBack) return `border border-dashed border-line-strong italic text-text-muted ${corner}`;
  if (isNote(row)) return `border border-note-line bg-note text-text ${corner}`;
  return `${mine ? "bg-mine text-on-mine" : "bg-theirs text-text"} ${corner}`;
}

function Tick({ seen }: { seen: boolean }) {
  const t = useText();
  const Icon = seen ? CheckCheck : Check;
  return (
    <>
      <Icon size={14} aria-hidden="true" className={seen ? "text-accent" : ""} />
      <span className="sr-only">{t(seen ? "log.seen" : "log.sent")}</span>
    </>
  );
}
