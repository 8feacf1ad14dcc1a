import { v7 as uuidv7 } from "uuid";
import { saveDraft } from "~/chat/drafts.server";
import { editMessage, takeBackMessage } from "~/chat/edit-message.server";
import { endChat } from "~/chat/end-chat.server";
import { Conflict, NotFound, NotSignedIn } from "~/chat/errors";
import { currentChatId, findChatId } from "~/chat/find-chat.server";
import { markRead } from "~/chat/mark-read.server";
import { publish } from "~/chat/publish.server";
import { rateChat } from "~/chat/rate-chat.server";
import { sendMessage } from "~/chat/send-message.server";
import { startChat } from "~/chat/start-chat.server";
import { settings } from "~/settings/settings.server";
import type { Customer } from "~/auth/actor";
import type { Connection } from "./connection.server";
import * as frames from "./frames.server";
import { answer, on, type EventTable } from "./event-table.server";
import { resumeChat } from "./resume.server";

/** The chat that this socket last spoke in, so that sending needs no look-up. */
const spokenIn = new WeakMap<Connection, string>();

export const customerEvents: EventTable = new Map([
  on("customer:start_chat", frames.startInput, async (c, input) => {
    const from = { ip: c.ip, userAgent: c.userAgent };
    const shown = c.customerToken;
    const started = await startChat(shown, { ...input, clientId: input.clientId ?? uuidv7() }, from);
    c.actor = started.customer;
    c.customerToken = started.customerToken;
    spokenIn.set(c, started.session.id);
    if (!c.following.has(started.session.id)) c.follow(started.session.id, 0, true);
    return answer("chat:started", {
      sessionId: started.session.id,
      customerToken: started.customerToken,
      status: started.session.status,
      position: started.session.position,
    });
  }),

  on("customer:send_message", frames.sendInput, async (c, input) => {
    const customer = customerOf(c);
    const known = input.sessionId ?? spokenIn.get(c);
    const sent = await sendMessage(customer, { ...input, sessionId: known }).catch((error: unknown) => {
      // The chat this socket knew has ended; the customer may have begun another one elsewhere.
      if (!(error instanceof Conflict) || input.sessionId) throw error;
      spokenIn.delete(c);
      return currentChatId(customer).then((id) => {
        if (!id || id === known) throw error;
        return sendMessage(customer, { ...input, sessionId: id });
      });
    });
    spokenIn.set(c, sent.sessionId);
    return sentAnswer(sent);
  }),

  on("customer:typing", frames.customerTyping, async (c, { sessionId, isTyping, preview: typed }) => {
    const customer = customerOf(c);
    const chatId = sessionId ?? spokenIn.get(c) ?? (await currentChatId(customer));
    if (!chatId || !c.following.has(chatId)) return null;
    const preview = typed && (await settings()).typingPreview ? typed : undefined;
    publish({ signals: [{ sessionId: chatId, kind: "typing", side: "customer", userId: null, isTyping, preview }] });
    return null;
  }),

  on("customer:read", frames.readInput, async (c, input) => {
    await markRead(customerOf(c), input);
    return null;
  }),

  on("customer:end_chat", frames.nothing, async (c) =>
    answer("chat:ended", { ...(await endChat(customerOf(c))), reason: "customer" }),
  ),

  on("customer:edit_message", frames.editInput, async (c, input) => {
    await editMessage(customerOf(c), input);
    return answer("message:edited", { sessionId: input.sessionId, seq: input.seq });
  }),

  on("customer:take_back_message", frames.takeBackInput, async (c, input) => {
    await takeBackMessage(customerOf(c), input);
    return answer("message:taken_back", input);
  }),

  on("customer:draft", frames.draftInput, async (c, input) => {
    await saveDraft(customerOf(c), input);
    return answer("draft:saved", { sessionId: input.sessionId });
  }),

  on("customer:rating", frames.rateInput, async (c, input) =>
    answer("chat:rated", await rateChat(customerOf(c), input)),
  ),

  on("chat:resume", frames.resume, async (c, { sessionId, after }, requestId) => {
    const customer = customerOf(c);
    const chatId = sessionId ? await findChatId(customer, sessionId) : await currentChatId(customer);
    if (!chatId) throw new NotFound("You have no open chat.");
    await resumeChat(c, chatId, after, requestId);
    return null;
  }),
]);

export function sentAnswer({ message, sessionId }: Awaited<ReturnType<typeof sendMessage>>) {
  const { clientId, id, seq, createdAt } = message;
  return answer("message:sent", { sessionId, clientId, messageId: id, seq, createdAt });
}

function customerOf(c: Connection): Customer {
  if (c.actor?.kind !== "customer") throw new NotSignedIn("Start a chat first.");
  return c.actor;
}
