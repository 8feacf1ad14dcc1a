import { FormToken } from "~/auth/form-token";
import type { Message } from "~/chat/shapes";
import { useText } from "~/messages/text";
import { Button, buttonClass } from "./button";
import { CHANGEABLE_MS } from "./message-actions";
import { useHydrated } from "./use-hydrated";

/** Where a log without scripts lets its reader change their own messages: by a link and a form in the row. */
export interface PlainChange {
  /** seq of the one that is open. */
  editing: number | null;
  /** When the page was made, in milliseconds: it renews itself before that matters. */
  now: number;
  /** A refused form. */
  refused?: { message: string; content?: string };
}

/** Whether this row offers it. */
export function usePlainChange(plain: PlainChange | undefined, own: Message | undefined): PlainChange | null {
  const hydrated = useHydrated();
  if (!plain || !own || hydrated) return null;
  const isOpen = plain.editing === own.seq;
  return isOpen || plain.now - Date.parse(own.createdAt) < CHANGEABLE_MS ? plain : null;
}

export function PlainEditLink({ seq }: { seq: number }) {
  const t = useText();
  return (
    <a
      href={`?edit=${seq}`}
      className="inline-flex min-h-[24px] items-center rounded px-1.5 text-xs text-text-muted underline underline-offset-2"
    >
      {t("log.edit")}
    </a>
  );
}

export function PlainEditor({ message, refused }: { message: Message; refused: PlainChange["refused"] }) {
  const t = useText();
  const content = refused?.content ?? message.content;
  return (
    <form method="post" className="flex w-full max-w-[36rem] flex-col gap-2">
      <FormToken />
      <input type="hidden" name="seq" value={message.seq} />
      <textarea
        name="content"
        required
        autoFocus
        maxLength={8_000}
        rows={Math.min(8, content.split("\n").length + 1)}
        defaultValue={content}
        aria-label={t("log.editLabel")}
        aria-invalid={refused ? true : undefined}
        aria-describedby={refused ? "edit-error" : undefined}
        className="input"
      />
      {refused && (
        <p id="edit-error" role="alert" className="text-sm font-medium text-danger">
          {refused.message}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <a href="?" className={buttonClass({ look: "quiet", size: "sm" })}>
          {t("log.cancel")}
        </a>
        <Button name="intent" value="takeBack" size="sm" formNoValidate>
          {t("log.takeBack")}
        </Button>
        <Button name="intent" value="edit" size="sm" look="primary">
          {t("log.save")}
        </Button>
      </div>
    </form>
  );
}
