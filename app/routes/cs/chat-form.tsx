import { useNavigate } from "@remix-run/react";
import { useState, type FormEvent, type ReactNode } from "react";
import { FormToken } from "~/auth/form-token";
import { useNotice } from "./notice";
import { whenConnected } from "./when-connected";
import { useLiveWorkspace } from "./workspace-context";

interface Props {
  chatId: string;
  intent: "accept" | "resolve";
  /** In the frame that refreshes without scripts, the answer is a page of its own. */
  framed?: boolean;
  className?: string;
  onDone?(): void;
  /** `busy` until the answer has come. */
  children(busy: boolean): ReactNode;
}

/**
 * A form that does one thing to one chat. With scripts it goes over the socket: a lost connection is then a line of
 * text, where a failed page load would take the conversation away.
 */
export function ChatForm({ chatId, intent, framed, className, onDone, children }: Props) {
  const live = useLiveWorkspace();
  const { refused, clear } = useNotice();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);

  const onSubmit = (event: FormEvent) => {
    if (!live) return;
    event.preventDefault();
    setBusy(true);
    whenConnected(live)
      .then(() => live[intent](chatId))
      .then(() => {
        clear();
        navigate(intent === "accept" ? `/cs/chats/${chatId}` : "/cs");
      }, refused)
      .finally(() => {
        setBusy(false);
        onDone?.();
      });
  };

  return (
    <form
      method="post"
      action={`/cs/chats/${chatId}`}
      target={framed ? "_top" : undefined}
      onSubmit={onSubmit}
      className={className}
    >
      <FormToken />
      <input type="hidden" name="intent" value={intent} />
      {children(busy)}
    </form>
  );
}
