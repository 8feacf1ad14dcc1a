import { Link } from "@remix-run/react";
import { useText } from "~/messages/text";

/** Above the newest page of a long conversation: where the rest of it is. */
export function OlderMessages({ chatId, firstSeq = 1 }: { chatId: string; firstSeq?: number }) {
  const t = useText();
  if (firstSeq <= 1) return null;
  return (
    <p className="mb-2 text-center text-sm text-text-muted">
      <Link to={`/chats/${chatId}`} target="_blank" className="rounded underline underline-offset-2">
        {t("chat.older")}
      </Link>
    </p>
  );
}
