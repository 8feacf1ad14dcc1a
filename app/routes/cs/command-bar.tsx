import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useStaffText } from "~/messages/staff-text";
import { findCommands, type Command } from "./commands";
import { KeySheet } from "./key-sheet";
import { useCommands } from "./use-commands";

/** Ctrl or Cmd and K anywhere; `?` outside of text shows the keys. */
export function CommandBar() {
  const [open, setOpen] = useState<"commands" | "keys" | null>(null);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
      const help = event.key === "?" && !event.ctrlKey && !event.metaKey && !isText(event.target);
      if (!command && !help) return;
      event.preventDefault();
      setOpen((now) => (now ? null : command ? "commands" : "keys"));
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const close = () => setOpen(null);
  if (open === "commands") return <Commands onClose={close} />;
  return open === "keys" ? <KeySheet onClose={close} /> : null;
}

const isText = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function Commands({ onClose }: { onClose(): void }) {
  const t = useStaffText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const found = findCommands(useCommands(), text);
  const chosen = Math.min(active, found.length - 1);
  useEffect(() => dialog.current?.showModal(), []);

  const run = (command: Command | undefined) => {
    if (!command) return;
    dialog.current?.close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive((chosen + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setActive((chosen - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={t("command.title")}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      className="mx-auto mb-0 mt-[12vh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-xl border border-line bg-surface p-0 text-sm text-text shadow backdrop:bg-bg backdrop:opacity-70"
    >
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        aria-label={t("command.title")}
        placeholder={t("command.placeholder")}
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-[52px] w-full border-b border-line bg-transparent px-4 text-base outline-none"
      />
      <ul id={id} role="listbox" aria-label={t("command.title")} className="max-h-[50vh] overflow-y-auto p-1.5">
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            ref={i === chosen ? (row) => row?.scrollIntoView({ block: "nearest" }) : undefined}
            onPointerMove={() => i !== chosen && setActive(i)}
            onClick={() => run(command)}
            className="flex min-h-[40px] cursor-pointer items-center gap-3 rounded px-3 py-1.5 aria-selected:bg-accent-soft"
          >
            <span className="shrink-0 font-medium">{command.name}</span>
            <span className="min-w-0 flex-1 truncate text-text-muted">{command.detail}</span>
            <span className="shrink-0 text-xs text-text-muted">{command.kind}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status" className="px-4 pb-4 text-text-muted">
          {t("command.none")}
        </p>
      )}
    </dialog>
  );
}
