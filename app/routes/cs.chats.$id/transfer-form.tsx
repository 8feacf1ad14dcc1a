import { useNavigate } from "@remix-run/react";
import { useId, useState, type FormEvent } from "react";
import { FormToken } from "~/auth/form-token";
import type { ChatSummary, Colleague } from "~/chat/shapes";
import { Avatar } from "~/components/avatar";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { LoadBar } from "~/components/load-bar";
import { StatusDot } from "~/components/status-dot";
import { useStaffText } from "~/messages/staff-text";
import { Refused } from "~/realtime/client/refused";
import type { RefusalView } from "~/routes/refusal.server";
import { orderTeam, presenceOf } from "~/routes/cs/team-list";
import { useLiveWorkspace, useMe, useWorkspace } from "~/routes/cs/workspace-context";

interface Props {
  chat: ChatSummary;
  refusal?: RefusalView;
}

/** To whom, with which line; or back to the queue. What is refused stays as it was typed, with the reason. */
export function TransferForm({ chat, refusal }: Props) {
  const t = useStaffText();
  const live = useLiveWorkspace();
  const navigate = useNavigate();
  const [problem, setProblem] = useState(refusal?.message);
  const [busy, setBusy] = useState(false);
  const me = useMe();
  const colleagues = useWorkspace((now) => now.colleagues);
  const there = orderTeam(colleagues).filter(({ id, status }) => id !== me.userId && status !== "offline");
  const somebody = there.length > 0;

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    if (!live) return;
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const done =
      button?.value === "requeue"
        ? live.requeue(chat.id)
        : live.transfer(chat.id, Number(form.get("toCsId")), String(form.get("note") ?? ""));
    setBusy(true);
    setProblem(undefined);
    done.then(
      () => navigate("/cs"),
      (error: unknown) => {
        setBusy(false);
        setProblem(error instanceof Refused ? error.message : t("live.disconnected"));
      },
    );
  };

  return (
    <form method="post" onSubmit={onSubmit} className="flex flex-col gap-4">
      <FormToken />
      <Colleagues there={there} chosen={refusal?.kept.toCsId} />
      {(somebody || refusal) && (
        <TextField
          name="note"
          rows={3}
          maxLength={2_000}
          defaultValue={refusal?.kept.note}
          label={t("transfer.note")}
          hint={t("transfer.note.hint")}
        />
      )}
      {problem && (
        <p role="alert" className="rounded bg-danger-soft px-3 py-2 font-medium text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {somebody && (
          <Button name="intent" value="transfer" look="primary" size="sm" disabled={busy}>
            {t("transfer.confirm")}
          </Button>
        )}
        <Button name="intent" value="requeue" size="sm" formNoValidate disabled={busy}>
          {t("transfer.requeue")}
        </Button>
      </div>
    </form>
  );
}

function Colleagues({ there, chosen }: { there: Colleague[]; chosen?: string }) {
  const t = useStaffText();
  if (there.length === 0) {
    return <p className="rounded bg-surface-2 px-3 py-2.5 text-text-muted">{t("transfer.nobody")}</p>;
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{t("transfer.to")}</legend>
      <ul className="max-h-56 overflow-y-auto rounded border border-line">
        {there.map((colleague) => (
          <ColleagueChoice key={colleague.id} colleague={colleague} chosen={chosen === String(colleague.id)} />
        ))}
      </ul>
    </fieldset>
  );
}

function ColleagueChoice({ colleague, chosen }: { colleague: Colleague; chosen: boolean }) {
  const t = useStaffText();
  const id = useId();
  const { name, avatarUrl, activeChats, maxChats } = colleague;
  const presence = presenceOf(colleague);
  const full = activeChats >= maxChats;
  const why = full ? t("board.full") : presence === "online" ? "" : t(`status.${presence}`);
  return (
    <li className="border-line [&:not(:first-child)]:border-t">
      <label
        htmlFor={id}
        className="flex min-h-[44px] cursor-pointer items-center gap-3 px-3 py-2 has-[:checked]:bg-accent-soft has-[:disabled]:cursor-not-allowed has-[:disabled]:text-text-muted hover:bg-surface-2"
      >
        <input
          id={id}
          type="radio"
          name="toCsId"
          value={colleague.id}
          required
          disabled={why !== ""}
          defaultChecked={chosen}
          className="h-4 w-4 accent-accent"
        />
        <span className="relative">
          <Avatar name={name} url={avatarUrl} size="sm" />
          <StatusDot status={presence} className="absolute -bottom-0.5 -end-0.5 ring-2 ring-surface" />
        </span>
        <span className="min-w-0 flex-1 truncate font-medium">
          {name}
          {why && <span className="font-normal text-text-muted"> · {why}</span>}
        </span>
        <LoadBar active={activeChats} max={maxChats} className="w-12" />
        <span className="tabular-nums text-text-muted">
          {t("board.load.value", { active: activeChats, max: maxChats })}
        </span>
      </label>
    </li>
  );
}
