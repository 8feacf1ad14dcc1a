import { Form, useNavigation } from "@remix-run/react";
import { FormToken } from "~/auth/form-token";
import type { Colleague } from "~/chat/shapes";
import { Button } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import { orderTeam, presenceOf } from "~/routes/cs/team-list";
import type { RefusalView } from "~/routes/refusal.server";

interface Props {
  chatId: string;
  name: string;
  agents: readonly Colleague[];
  refusal?: RefusalView;
}

/** Gives a chat to an agent of the admin's choice, who may be busy and must have room. */
export function AssignForm({ chatId, name, agents, refusal }: Props) {
  const t = useStaffText();
  const busy = useNavigation().formData?.get("chatId") === chatId;
  return (
    <Form method="post" className="flex flex-wrap items-center gap-2">
      <FormToken />
      <input type="hidden" name="chatId" value={chatId} />
      <select
        name="csId"
        required
        aria-label={t("board.assign.to", { name })}
        defaultValue={refusal?.kept.csId ?? ""}
        className="input !min-h-[32px] !w-44 !py-1"
      >
        <option value="" disabled>
          {t("board.assign.choose")}
        </option>
        {orderTeam(agents).map((agent) => (
          <option key={agent.id} value={agent.id}>
            {`${agent.name} · ${t(`status.${presenceOf(agent)}`)} · ${t("board.load.value", { active: agent.activeChats, max: agent.maxChats })}`}
          </option>
        ))}
      </select>
      <Button name="intent" value="assign" size="sm" disabled={busy}>
        {t("board.assign")}
      </Button>
      {refusal && (
        <p role="alert" className="w-full font-medium text-danger">
          {refusal.message}
        </p>
      )}
    </Form>
  );
}
