import type { ReactNode } from "react";
import type { AgentCard } from "~/chat/shapes";
import { useText } from "~/messages/text";
import { Avatar } from "./avatar";
import { Logo } from "./logo";
import { QueueLine, type Place } from "./queue-line";

/** Who answers, or how far away that is. */
export function ChatHeader({
  agent,
  away,
  place,
  children,
}: {
  agent: AgentCard | null;
  /** Their connection is gone for the moment. */
  away: boolean;
  place: Place;
  children?: ReactNode;
}) {
  const t = useText();
  return (
    <header className="chat-header relative flex min-h-[4.25rem] items-center gap-3 border-b border-line px-4 py-3 sm:px-5">
      <div className="who flex min-w-0 flex-1 items-center gap-3">
        {agent ? <Avatar name={agent.name} url={agent.avatarUrl} /> : <Logo className="h-9 w-9" />}
        <div className="min-w-0 flex-1 leading-tight" role="status">
          {agent ? (
            <>
              <p className="truncate font-semibold">{agent.name}</p>
              <p className={`mt-0.5 text-sm ${away ? "font-medium" : "text-text-muted"}`}>
                {t(away ? "chat.away" : "chat.answers")}
              </p>
            </>
          ) : (
            <QueueLine place={place} />
          )}
        </div>
      </div>
      {children}
    </header>
  );
}
