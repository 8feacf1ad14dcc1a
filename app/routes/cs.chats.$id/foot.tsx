import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { CannedResponse } from "~/chat/shapes";
import type { FileRules } from "~/files/shapes";
import { buttonClass } from "~/components/button";
import { TextField } from "~/components/field";
import { useStaffText } from "~/messages/staff-text";
import { listSearch, useListName } from "~/routes/cs/list-name";
import type { RefusalView } from "~/routes/refusal.server";
import { useMe } from "~/routes/cs/workspace-context";
import { Reply } from "./reply";
import type { useAgentChat } from "./use-agent-chat";

interface Props {
  live: ReturnType<typeof useAgentChat>;
  name: string;
  canned: CannedResponse[];
  clientId: string;
  fileRules: FileRules;
  /** Why the last form was refused. */
  refusal?: RefusalView;
}

/** Under the conversation: where one writes, or why one cannot. */
export function Foot(props: Props) {
  const t = useStaffText();
  const me = useMe();
  const list = useListName();
  const { chat, ended } = props.live;
  if (chat.endedAt !== null || ended) {
    const rated = chat.rating === null ? "" : ` ${t("chat.ended.rated", { rating: chat.rating })}`;
    return (
      <Bar {...props} text={t("chat.ended.bar") + rated}>
        <Link to={`/cs${listSearch(list)}`} className={buttonClass({ size: "sm" })}>
          {t("chat.ended.next")}
        </Link>
      </Bar>
    );
  }
  if (chat.status === "waiting") return <Bar {...props} text={t("chat.waiting.bar")} />;
  if (chat.csId !== me.userId) {
    return <Bar {...props} text={t("chat.colleague.bar", { name: chat.csName ?? "?" })} />;
  }
  return <Reply {...props} />;
}

function Bar({
  text,
  live,
  refusal,
  children,
}: Pick<Props, "live" | "refusal"> & { text: string; children?: ReactNode }) {
  const t = useStaffText();
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-text-muted">
      {refusal && (
        <p role="alert" className="w-full text-center font-medium text-danger">
          {refusal.message}
        </p>
      )}
      {live.text.trim() && (
        <TextField label={t("reply.unsent")} value={live.text} readOnly rows={2} className="w-full text-start" />
      )}
      <p>{text}</p>
      {children}
    </div>
  );
}
