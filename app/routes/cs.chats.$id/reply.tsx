import CornerDownLeft from "lucide-react/icons/corner-down-left";
import { useEffect, useRef, useState } from "react";
import { FormToken } from "~/auth/form-token";
import type { CannedResponse } from "~/chat/shapes";
import { buttonClass } from "~/components/button";
import { Composer } from "~/components/composer";
import { FormEdition } from "~/components/form-edition";
import { useHydrated } from "~/components/use-hydrated";
import { keptFiles } from "~/files/kept-files";
import type { FileRules } from "~/files/shapes";
import { useText } from "~/messages/text";
import { useUploads } from "~/realtime/client/use-uploads";
import { useRootData } from "~/root-data";
import { useStaffText } from "~/messages/staff-text";
import type { RefusalView } from "~/routes/refusal.server";
import { offerBox } from "~/routes/cs/insert-text";
import { useMe } from "~/routes/cs/workspace-context";
import { CannedButton } from "./canned-button";
import { CannedPopup } from "./canned-popup";
import { fillCanned } from "./fill-canned";
import { insertAtCaret, useCanned } from "./use-canned";
import { countUse } from "./count-use";
import { WriteModeSwitch, type WriteMode } from "./write-mode";
import { useEnterSends } from "./use-enter-sends";
import type { useAgentChat } from "./use-agent-chat";

interface Props {
  live: ReturnType<typeof useAgentChat>;
  name: string;
  canned: CannedResponse[];
  clientId: string;
  fileRules: FileRules;
  refusal?: RefusalView;
}

/** Where the agent writes. `/` brings the canned replies. */
export function Reply({ live, name, canned, clientId, fileRules, refusal }: Props) {
  const t = useStaffText();
  const me = useMe();
  const inLog = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const [enterSends, setEnterSends] = useEnterSends();
  const fill = (content: string) =>
    fillCanned(content, { "customer.name": live.chat.customerName, "agent.name": me.name });
  const [mode, setMode] = useState<WriteMode>(refusal?.kept.intent === "note" ? "note" : "send");
  const note = mode === "note";
  const files = useUploads({
    path: `/api/cs/chats/${live.chat.id}/attachments`,
    dropPath: "/api/cs/attachments/",
    rules: fileRules,
    token: useRootData()?.formToken ?? "",
    staff: true,
    kept: keptFiles(refusal?.kept.attachments),
    name: `cs:${me.userId}:${live.chat.id}`,
  });
  const problem = refusal?.message;
  const popup = useCanned({ canned, text: live.text, setText: live.setText, input, fill, onUse: countUse });
  useEffect(() => offerBox((content) => insertAtCaret(input.current, fill(content), live.setText)));
  // A refused form keeps its text; its reason goes with the first change.
  const [refusedText] = useState(live.text);
  return (
    <div
      className={`relative border-t p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] transition-colors duration-150 has-[[value=note]:checked]:border-note-line has-[[value=note]:checked]:bg-note ${note ? "border-note-line bg-note" : "border-line bg-surface"}`}
    >
      {popup.open && <CannedPopup popup={popup} fill={fill} />}
      <Composer
        text={live.text}
        onText={popup.onText}
        onSend={(note ? live.note : live.send) ?? undefined}
        files={{ ...files, refuse: note ? inLog("files.note") : undefined }}
        intent={null}
        label={note ? t("reply.note.label") : t("reply.label", { name })}
        placeholder={note ? t("reply.note.placeholder") : placeholder(name, t)}
        sendWith={enterSends ? "enter" : "ctrl-enter"}
        error={problem && live.text === refusedText ? problem : undefined}
        inputRef={input}
        inputProps={popup.inputProps}
        onKeyDown={popup.onKeyDown}
        tools={
          <>
            <CannedButton canned={canned} fill={fill} onOpen={popup.begin} />
            <EnterSwitch on={enterSends} onChange={setEnterSends} />
          </>
        }
        submitLabel={note ? t("reply.note.save") : undefined}
        note={<KeyNote enterSends={enterSends} />}
      >
        <FormEdition sent={live.messages.findLast(({ senderType }) => senderType === "cs")?.seq ?? 0} />
        <FormToken />
        <WriteModeSwitch mode={mode} onChange={setMode} />
        <input type="hidden" name="expectedSeq" value={live.messages.at(-1)?.seq ?? 0} autoComplete="off" />
        <input type="hidden" name="clientId" value={clientId} autoComplete="off" />
      </Composer>
    </div>
  );
}

const LONGEST_FIRST_NAME = 16;

function placeholder(name: string, t: ReturnType<typeof useStaffText>) {
  const first = name.split(" ")[0] ?? name;
  return first.length > LONGEST_FIRST_NAME ? t("reply.placeholder.plain") : t("reply.placeholder", { name: first });
}

function EnterSwitch({ on, onChange }: { on: boolean; onChange(on: boolean): void }) {
  const t = useStaffText();
  if (!useHydrated()) return null;
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={t("reply.enter.on")}
      title={t(on ? "reply.enter.on" : "reply.enter.off")}
      onClick={() => onChange(!on)}
      className={`${buttonClass({ look: "quiet", size: "sm", icon: true })} aria-pressed:text-accent-strong [@media(pointer:coarse)]:!hidden`}
    >
      <CornerDownLeft size={16} aria-hidden="true" />
    </button>
  );
}

function KeyNote({ enterSends }: { enterSends: boolean }) {
  const t = useStaffText();
  if (!useHydrated()) return null;
  const key = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  return (
    <span className="hidden [@media(pointer:fine)_and_(min-width:480px)]:group-focus-within:inline">
      {enterSends ? t("reply.note.enter") : t("reply.note.ctrl", { key })}
    </span>
  );
}
