import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { CannedResponse } from "~/chat/shapes";
import { buttonClass } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import { listSearch, useListName } from "~/routes/cs/list-name";
import { useMe } from "~/routes/cs/workspace-context";
import { Reply } from "./reply";
import type { useAgentChat } from "./use-agent-chat";

interface Props {
  live: ReturnType<typeof useAgentChat>;
  name: string;
  canned: CannedResponse[];
  clientId: string;
  /** Why the last form was refused. */
  problem?: string;
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
      <Bar problem={props.problem} text={t("chat.ended.bar") + rated} unsent={props.live.text}>
        <Link to={`/cs${listSearch(list)}`} className={buttonClass({ size: "sm" })}>
          {t("chat.ended.next")}
        </Link>
      </Bar>
    );
  }
  if (chat.status === "waiting")
    return <Bar problem={props.problem} text={t("chat.waiting.bar")} unsent={props.live.text} />;
  if (chat.csId !== me.userId) {
    const text = t("chat.colleague.bar", { name: chat.csName ?? "?" });
    return <Bar problem={props.problem} text={text} unsent={props.live.text} />;
  }
  return <Reply {...props} />;
}

interface BarProps {
  text: string;
  problem?: string;
  /** What was being written when writing became impossible. */
  unsent?: string;
  children?: ReactNode;
}

function Bar({ text, problem, unsent, children }: BarProps) {
  const t = useStaffText();
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-text-muted">
      {problem && (
        <p role="alert" className="w-full text-center font-medium text-danger">
          {problem}
        </p>
      )}
      {unsent?.trim() && (
        <p className="w-full rounded bg-surface-2 px-3 py-2">
          <span className="block text-xs font-medium">{t("chat.ended.unsent")}</span>
          <span className="break-anywhere max-h-40 select-all overflow-y-auto whitespace-pre-wrap text-text">
            {unsent}
          </span>
        </p>
      )}
      <p>{text}</p>
      {children}
    </div>
  );
}
