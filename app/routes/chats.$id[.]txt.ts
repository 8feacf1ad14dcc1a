import type { LoaderFunctionArgs } from "@remix-run/node";
import type { CustomerChat, Message } from "~/chat/shapes";
import { sizeText } from "~/files/shapes";
import { eventText } from "~/components/event-row";
import { catalogueFor } from "~/messages/catalogue.server";
import { sayFrom, type Say } from "~/messages/text";
import type { TextKey } from "~/messages/en";
import { preferencesOf } from "~/preferences.server";
import { transcriptFor } from "./chats.$id/transcript.server";

/** The conversation as a text file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { chat, messages } = await transcriptFor(request, params.id);
  const { locale, texts } = catalogueFor(request);
  const body = asText(chat, messages, sayFrom(texts), locale, clock(locale, preferencesOf(request).timeZone));
  return new Response(body, {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Disposition": `attachment; filename="chat-${chat.createdAt.slice(0, 10)}.txt"`,
      "Cache-Control": "private, no-store",
    },
  });
}

type Clock = (iso: string) => string;

function asText(chat: CustomerChat, messages: Message[], t: Say<TextKey>, locale: string, at: Clock): string {
  const head = [
    chat.agent ? t("transcript.title", { name: chat.agent.name }) : t("transcript.titleNobody"),
    `${t("transcript.began")}: ${at(chat.createdAt)}`,
    `${t("transcript.ended")}: ${chat.endedAt ? at(chat.endedAt) : t("transcript.open")}`,
  ];
  const lines = messages.map((message) => {
    if (message.messageType === "system") return `[${at(message.createdAt)}] ${eventText(message, "customer", t)}`;
    const name = message.senderType === "customer" ? t("transcript.you") : (message.senderName ?? t("transcript.team"));
    return `[${at(message.createdAt)}] ${name}:\n${saidIn(message, t, locale)}`;
  });
  return `${head.join("\n")}\n\n${lines.join("\n\n")}\n`;
}

/** The text, and a line for each file. */
function saidIn({ takenBack, content, attachments }: Message, t: Say<TextKey>, locale: string): string {
  if (takenBack) return t("log.takenBack");
  const files = attachments.map(({ name, size }) => t("files.line", { name, size: sizeText(size, locale) }));
  return [content, ...files].filter(Boolean).join("\n");
}

function clock(locale: string, timeZone: string | null): Clock {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timeZone ?? "UTC",
  });
  return (iso) => `${format.format(new Date(iso))}${timeZone ? "" : " UTC"}`;
}
