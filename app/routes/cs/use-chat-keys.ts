import { useNavigate, useParams } from "@remix-run/react";
import { useEffect } from "react";
import type { ChatSummary } from "~/chat/shapes";
import { listSearch, type ListName } from "./list-name";
import { neighbour } from "./order-chats";

/** Alt+↓ and Alt+↑ go through the open list, Alt+1 to Alt+9 to one of its first nine. */
export function useChatKeys(chats: ChatSummary[], list: ListName) {
  const navigate = useNavigate();
  const { id } = useParams();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const chat = wanted(event, chats, id);
      if (!chat) return;
      event.preventDefault();
      if (chat.id !== id) navigate(`/cs/chats/${chat.id}${listSearch(list)}`);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [chats, list, id, navigate]);
}

// By place on the keyboard: with Alt held, a Mac types another character.
function wanted({ key, code }: KeyboardEvent, chats: ChatSummary[], id: string | undefined) {
  if (key === "ArrowDown") return neighbour(chats, id, 1);
  if (key === "ArrowUp") return neighbour(chats, id, -1);
  const digit = /^Digit([1-9])$/.exec(code)?.[1];
  return digit ? chats[Number(digit) - 1] : undefined;
}
