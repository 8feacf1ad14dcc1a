import { lazy, useEffect, useRef, type RefObject } from "react";
import { useText } from "~/messages/text";
import type { CustomerPage } from "./customer-page.server";
import { StartForm } from "./start-form";

// Who only reads the page does not download the conversation. Without a Suspense around them: a page without scripts
// gets them in place, and the browser keeps what it shows until they are there.
const loadOpenChat = () => import("./open-chat");
const OpenChat = lazy(loadOpenChat);
const EndedChat = lazy(() => import("./ended-chat"));

/** The chat, as part of the page: start, conversation, end. */
export function ChatPanel({ page }: { page: CustomerPage }) {
  const t = useText();
  const { chat } = page;
  const panel = useRef<HTMLElement>(null);
  useFocusOnChange(panel, chat === null ? "start" : chat.endedAt ? "ended" : "open");
  const size = chat
    ? "max-md:fixed max-md:inset-0 max-md:z-10 max-md:h-[100dvh] max-md:rounded-none max-md:border-0 md:sticky md:top-6 md:h-[min(42rem,calc(100dvh-7.5rem))] md:min-h-[30rem]"
    : "self-start max-md:mx-4 max-md:mb-6 sm:max-md:mx-8";
  return (
    <section ref={panel} aria-label={t("chat.label")} className={`card flex flex-col overflow-hidden ${size}`}>
      {chat === null ? (
        <StartForm page={page} onWriting={loadOpenChat} />
      ) : chat.endedAt ? (
        <EndedChat key={chat.id} chat={chat} page={page} />
      ) : (
        <OpenChat key={chat.id} chat={chat} page={page} />
      )}
    </section>
  );
}

/** When what the panel shows gives way to something else, so does the element that had the focus: it goes on in the new one. */
function useFocusOnChange(panel: RefObject<HTMLElement | null>, shown: string) {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    const lost = document.activeElement === document.body || panel.current?.contains(document.activeElement);
    if (lost) panel.current?.querySelector<HTMLElement>("h2[tabindex], textarea")?.focus({ preventScroll: true });
  }, [panel, shown]);
}
