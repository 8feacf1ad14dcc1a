import { Link } from "@remix-run/react";
import Check from "lucide-react/icons/check";
import CirclePause from "lucide-react/icons/circle-pause";
import Clock from "lucide-react/icons/clock";
import Inbox from "lucide-react/icons/inbox";
import { Button, buttonClass } from "~/components/button";
import { customerName } from "~/components/customer-name";
import { Elapsed } from "~/components/elapsed";
import { EmptyState } from "~/components/empty-state";
import { useStaffText } from "~/messages/staff-text";
import { ChatForm } from "./cs/chat-form";
import { KeyHints } from "./cs/key-hints";
import { orderMine, orderQueue } from "./cs/order-chats";
import { StatusForm } from "./cs/status-form";
import { useWorkspace } from "./cs/workspace-context";

/** No chat is open: says what to do next, the most urgent first. */
export default function NextStep() {
  return (
    <div className="grid flex-1 content-center">
      <Suggestion />
      <KeyHints />
    </div>
  );
}

function Suggestion() {
  const t = useStaffText();
  const urgent = useWorkspace(({ mine }) => orderMine(mine)[0]);
  const first = useWorkspace(({ queue }) => orderQueue(queue)[0]);
  const waiting = useWorkspace(({ queue, waiting = queue.length }) => waiting);
  const hasRoom = useWorkspace(({ activeChats, maxChats }) => activeChats < maxChats);
  const status = useWorkspace((now) => now.status);
  if (urgent?.waitingSince) {
    return (
      <EmptyState
        icon={<Clock size={20} />}
        title={t("idle.waiting", { name: customerName(urgent, t) })}
        action={
          <Link to={`/cs/chats/${urgent.id}`} className={buttonClass({ look: "primary", size: "sm" })}>
            {t("idle.open")}
          </Link>
        }
      >
        <Since text={t("idle.waiting.text")} since={urgent.waitingSince} />
      </EmptyState>
    );
  }
  if (first && hasRoom) {
    return (
      <EmptyState
        icon={<Inbox size={20} />}
        title={waiting === 1 ? t("idle.queue.one") : t("idle.queue.many", { count: waiting })}
        action={
          <ChatForm chatId={first.id} intent="accept">
            {(busy) => (
              <Button look="primary" size="sm" disabled={busy}>
                {t("idle.accept")}
              </Button>
            )}
          </ChatForm>
        }
      >
        <Since text={t("idle.queue.text")} since={first.queuedAt} />
      </EmptyState>
    );
  }
  if (status !== "online") {
    return (
      <EmptyState icon={<CirclePause size={20} />} title={t(`idle.${status}`)} action={<GoOnline />}>
        {t(`idle.${status}.text`)}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Check size={20} />} title={t("idle.done")}>
      {t("idle.done.text")}
    </EmptyState>
  );
}

function GoOnline() {
  const t = useStaffText();
  return (
    <StatusForm>
      {() => (
        <Button name="status" value="online" look="primary" size="sm">
          {t("idle.goOnline")}
        </Button>
      )}
    </StatusForm>
  );
}

/** A text with {time} in it, ticking. */
function Since({ text, since }: { text: string; since: string }) {
  const [before, after] = text.split("{time}");
  return (
    <>
      {before}
      <Elapsed since={since} className="font-medium text-waiting" />
      {after}
    </>
  );
}
