import { addNote } from "~/chat/add-note.server";
import { saveDraft } from "~/chat/drafts.server";
import { editMessage, takeBackMessage } from "~/chat/edit-message.server";
import { claimChat } from "~/chat/claim-chat.server";
import { resolveChat } from "~/chat/end-chat.server";
import { NotSignedIn } from "~/chat/errors";
import { findReadableChatId } from "~/chat/find-chat.server";
import { markRead } from "~/chat/mark-read.server";
import { publish } from "~/chat/publish.server";
import { requeueChat } from "~/chat/return-chats.server";
import { forceAssign, transferChat } from "~/chat/transfer-chat.server";
import { markActive } from "~/people/attendance.server";
import { sendMessage } from "~/chat/send-message.server";
import { board } from "~/chat/board.server";
import { myStatus, setStatus } from "~/people/status.server";
import type { Staff } from "~/auth/actor";
import { followAsOwn, holds } from "./agent-inbox.server";
import type { Connection } from "./connection.server";
import { sentAnswer } from "./customer-events.server";
import { answer, on, type EventTable } from "./event-table.server";
import * as frames from "./frames.server";
import { resumeChat } from "./resume.server";
import { tellViewing } from "./signals.server";

const resume = on(
  "chat:resume",
  frames.resume.required({ sessionId: true }),
  async (c, { sessionId, after }, requestId) => {
    await resumeChat(c, await findReadableChatId(staffOf(c), sessionId), after, requestId);
    return null;
  },
);

export const agentEvents: EventTable = new Map([
  on("cs:set_status", frames.statusInput, async (c, { status }) => {
    await setStatus(staffOf(c), status);
    return answer("status:updated", await myStatus(staffOf(c)));
  }),

  on("cs:send_message", frames.agentSend, async (c, input) => sentAnswer(await sendMessage(staffOf(c), input))),

  on("cs:accept_chat", frames.chatOnly, async (c, { sessionId }) => {
    const chat = await claimChat(staffOf(c), sessionId);
    followAsOwn(c, chat);
    return answer("chat:accepted", { sessionId, chat });
  }),

  on("cs:resolve_chat", frames.chatOnly, async (c, { sessionId }) => {
    await resolveChat(staffOf(c), sessionId);
    return answer("chat:resolved", { sessionId, reason: "resolved" });
  }),

  on("cs:transfer_chat", frames.transferInput, async (c, input) => {
    await transferChat(staffOf(c), input);
    return answer("chat:transferred", { sessionId: input.sessionId, toCsId: input.toCsId });
  }),

  on("cs:note", frames.noteInput, async (c, input) => sentAnswer(await addNote(staffOf(c), input))),

  on("cs:edit_message", frames.editInput, async (c, input) => {
    await editMessage(staffOf(c), input);
    return answer("message:edited", { sessionId: input.sessionId, seq: input.seq });
  }),

  on("cs:take_back_message", frames.takeBackInput, async (c, input) => {
    await takeBackMessage(staffOf(c), input);
    return answer("message:taken_back", input);
  }),

  on("cs:draft", frames.draftInput, async (c, input) => {
    await saveDraft(staffOf(c), input);
    return answer("draft:saved", { sessionId: input.sessionId });
  }),

  on("cs:requeue_chat", frames.chatOnly, async (c, { sessionId }) => {
    await requeueChat(staffOf(c), sessionId);
    return answer("chat:requeued", { sessionId });
  }),

  on("cs:activity", frames.nothing, async (c) => {
    await markActive(staffOf(c).userId);
    return null;
  }),

  on("cs:typing", frames.typing.required({ sessionId: true }), async (c, { sessionId, isTyping }) => {
    const { userId, role } = staffOf(c);
    // Whoever reads along cannot answer, and does not seem to.
    const mayAnswer = holds(c, sessionId) || (role === "admin" && c.following.has(sessionId));
    if (!mayAnswer) return null;
    publish({ signals: [{ sessionId, kind: "typing", side: "cs", userId, isTyping }] });
    return null;
  }),

  on("cs:viewing", frames.viewing, async (c, { sessionId, isHere }) => {
    // The page says it as it opens, before it follows.
    if (!c.following.has(sessionId)) await findReadableChatId(staffOf(c), sessionId);
    c.viewing = isHere ? sessionId : null;
    tellViewing(c, sessionId, isHere);
    return null;
  }),

  on("cs:read", frames.readInput.required({ sessionId: true }), async (c, input) => {
    await markRead(staffOf(c), input);
    return null;
  }),

  resume,
]);

export const adminEvents: EventTable = new Map([
  on("admin:subscribe_stats", frames.nothing, async (c) => {
    staffOf(c);
    c.subscribedToStats = true;
    return answer("stats:update", await board());
  }),

  on("admin:force_assign", frames.forceAssign, async (c, { sessionId, csId }) => {
    await forceAssign(staffOf(c), sessionId, csId);
    return answer("chat:assigned", { sessionId, csId });
  }),

  resume,
]);

function staffOf(c: Connection): Staff {
  if (c.actor?.kind !== "staff") throw new NotSignedIn();
  return c.actor;
}
