import { Link, useSearchParams } from "@remix-run/react";
import { useMemo } from "react";
import type { CannedResponse, ChatSummary, Message } from "~/chat/shapes";
import { customerName } from "~/components/customer-name";
import { filesInChat, type ChatFile } from "~/files/chat-files";
import type { FileRules } from "~/files/shapes";
import { MessageLog } from "~/components/message-log";
import { useStaffText } from "~/messages/staff-text";
import type { VisitorFacts } from "~/chat/visitor-facts.server";
import { useMe } from "~/routes/cs/workspace-context";
import { useText } from "~/messages/text";
import type { RefusalView } from "~/routes/refusal.server";
import { AlsoHere } from "./also-here";
import { ChatHeader } from "./chat-header";
import { ContextPane } from "./context-pane";
import { Foot } from "./foot";
import { HandOverCard } from "./hand-over-card";
import { PastLog } from "./past-log";
import { isSearching, type ChatSearch } from "./search";
import { SearchBar } from "./search-bar";
import { SearchResults } from "./search-results";
import { isRefusedMove, RefusedTransfer } from "./transfer-button";
import { useAgentChat } from "./use-agent-chat";
import { useReading, useUnreadFrom } from "./use-reading";
import { useSearchKey } from "./use-search-key";

interface Props {
  chat: ChatSummary;
  messages: Message[];
  canned: CannedResponse[];
  draft: string;
  visitor: VisitorFacts;
  files: ChatFile[];
  show: number;
  search: ChatSearch;
  clientId: string;
  fileRules: FileRules;
  refusal?: RefusalView;
}

/** One conversation and who it is with. */
export function ChatPage({
  chat,
  messages,
  canned,
  draft,
  visitor,
  files,
  show,
  search,
  clientId,
  fileRules,
  refusal,
}: Props) {
  const t = useStaffText();
  const inLog = useText();
  const me = useMe();
  const live = useAgentChat(chat, messages, draft, refusal?.kept.content);
  const unreadFrom = useUnreadFrom(live.messages, chat.status === "active" ? chat.unread : 0);
  const name = customerName(live.chat, t);
  const sent = useMemo(() => filesInChat(files, live.messages), [files, live.messages]);
  const lastSeq = live.messages.at(-1)?.seq ?? 0;
  const searching = isSearching(useSearchParams()[0]);
  const firstSeq = live.messages[0]?.seq ?? 1;
  const earlier = useMemo(() => <Earlier firstSeq={firstSeq} show={show} />, [firstSeq, show]);
  const words = useMemo(() => search.q.split(/\s+/).filter(Boolean), [search.q]);
  // Whoever reads an old part has not seen what is new.
  useReading(search.q || search.around ? undefined : live.markRead, lastSeq);
  useSearchKey();
  return (
    <div className="flex min-h-0 flex-1 lg:max-xl:[&:has(#about:popover-open)]:pe-80">
      <section aria-labelledby="chat" className="flex min-w-0 flex-1 flex-col bg-surface">
        <ChatHeader chat={live.chat} present={live.peerPresent} />
        {refusal && isRefusedMove(refusal) && <RefusedTransfer chat={live.chat} refusal={refusal} />}
        <AlsoHere chatId={chat.id} />
        <HandOverCard chat={live.chat} messages={live.messages} />
        {searching && <SearchBar search={search} />}
        {search.around && search.at !== null ? (
          <PastLog chat={live.chat} messages={search.around} name={name} q={search.q} at={search.at} words={words} />
        ) : search.q ? (
          <SearchResults search={search} name={name} words={words} />
        ) : (
          <>
            <MessageLog
              className="log-live"
              messages={live.messages}
              pending={live.pending}
              viewer="cs"
              peerName={name}
              peerReadSeq={live.peerReadSeq}
              peerTyping={live.peerTyping}
              unreadFrom={unreadFrom}
              peerPreview={live.peerPreview}
              me={me.userId}
              {...live.actions}
              {...live.older}
              top={earlier}
            />
            <noscript>
              <link rel="stylesheet" href="/no-script.css" />
              <iframe
                src={`/cs/frame/chats/${chat.id}`}
                title={inLog("log.label", { name })}
                className="no-script-log"
              />
            </noscript>
          </>
        )}
        <Foot
          live={live}
          name={name}
          canned={canned}
          clientId={clientId}
          fileRules={fileRules}
          refusal={isRefusedMove(refusal) ? undefined : refusal}
        />
      </section>
      <ContextPane chat={live.chat} name={name} messages={live.messages} visitor={visitor} files={sent} />
    </div>
  );
}

const MORE = 200;

function Earlier({ firstSeq, show }: { firstSeq: number; show: number }) {
  const t = useStaffText();
  if (firstSeq <= 1) return null;
  return (
    <p className="mb-2 text-center">
      <Link
        to={`?show=${show + MORE}`}
        preventScrollReset
        className="rounded text-text-muted underline underline-offset-2"
      >
        {t("chat.earlier")}
      </Link>
    </p>
  );
}
