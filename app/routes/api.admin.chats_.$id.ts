import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { findChat } from "~/chat/find-chat.server";
import { messagesAfter } from "~/chat/read-log.server";
import { assignmentsOf } from "~/chat/record-assignment.server";

/** One chat, why it went to whom, and its first messages; the rest from /api/cs/chats/:id/messages. */
export const loader = api({
  GET: async ({ request, params }) => {
    const admin = await requireApiStaff(request, "admin");
    const chat = await findChat(admin, params.id ?? "");
    const [messages, assignments] = await Promise.all([messagesAfter(admin, chat.id, 0), assignmentsOf(chat.id)]);
    return { body: { chat, messages, assignments } };
  },
});

export const action = loader;
