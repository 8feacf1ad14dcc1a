import { useNavigate } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { customerName } from "~/components/customer-name";
import { useStaffText } from "~/messages/staff-text";
import { alertChoices } from "./alert-choices";
import { alertsFor, type Alert } from "./alerts-for";
import { play } from "./sounds";
import { useLiveWorkspace, useWorkspace } from "./workspace-context";

const REPEAT_MS = 5_000;

/** Sounds and notifications for what happens in the lists, except in the chat that is looked at. */
export function useAlerts(openChat: string | undefined) {
  const t = useStaffText();
  const navigate = useNavigate();
  const mine = useWorkspace((now) => now.mine);
  const queue = useWorkspace((now) => now.queue);
  const connection = useWorkspace((now) => now.connection);
  const live = useLiveWorkspace();
  const before = useRef<{ mine: readonly ChatSummary[]; queue: readonly ChatSummary[] } | null>(null);
  const [unopened, setUnopened] = useState<readonly string[]>([]);

  useEffect(() => {
    const seen = before.current;
    before.current = { mine, queue };
    // What the first lists hold was there before; after a gap, news are news.
    if (!seen || connection === "connecting") return;
    const inFront = document.visibilityState === "visible" && document.hasFocus() ? (openChat ?? null) : null;
    const alerts = alertsFor(seen, { mine, queue }, inFront).filter(
      ({ event, chat }) => event !== "chat" || !live?.accepted(chat.id),
    );
    if (alerts.length === 0) return;
    const first = ["chat", "message", "queue"].map((event) => alerts.find((one) => one.event === event)).find(Boolean)!;
    void play(alertChoices()[first.event]);
    for (const alert of alerts) notify(alert);
    const fresh = alerts.filter(({ event }) => event === "chat").map(({ chat }) => chat.id);
    if (fresh.length > 0) setUnopened((ids) => [...ids, ...fresh]);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only news of the lists sound; opening a chat does not
  }, [mine, queue]);

  const waiting = unopened.some((id) => id !== openChat && mine.some((chat) => chat.id === id));
  useEffect(() => {
    setUnopened((ids) => (openChat && ids.includes(openChat) ? ids.filter((id) => id !== openChat) : ids));
  }, [openChat]);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => alertChoices().repeat && void play(alertChoices().chat), REPEAT_MS);
    return () => clearInterval(timer);
  }, [waiting]);

  function notify({ event, chat }: Alert) {
    if (!alertChoices().notify || document.hasFocus() || !mayNotify()) return;
    const shown = new Notification(customerName(chat, t), {
      body: chat.preview?.content ?? t(`alerts.${event}`),
      tag: chat.id,
    });
    shown.onclick = () => {
      window.focus();
      navigate(`/cs/chats/${chat.id}`);
      shown.close();
    };
  }
}

export const mayNotify = () => typeof Notification !== "undefined" && Notification.permission === "granted";
