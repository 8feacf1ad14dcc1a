import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { addNote, noteInput } from "~/chat/add-note.server";
import { blockVisitor } from "~/chat/block-visitor.server";
import { claimChat } from "~/chat/claim-chat.server";
import { dropDraft } from "~/chat/drafts.server";
import { editInput, editMessage, takeBackInput, takeBackMessage } from "~/chat/edit-message.server";
import { resolveChat } from "~/chat/end-chat.server";
import { addLabel, labelInput, removeLabel } from "~/chat/labels.server";
import { markRead } from "~/chat/mark-read.server";
import { requeueChat } from "~/chat/return-chats.server";
import { sendInput } from "~/chat/send-message.server";
import { sendTyped } from "~/chat/send-typed.server";
import { transferChat, transferInput } from "~/chat/transfer-chat.server";
import { setStatus, statusInput } from "~/people/status.server";
import type { Attachment } from "~/files/shapes";
import { Invalid } from "~/chat/errors";
import { formWithFiles, keptWith } from "~/routes/form-with-files.server";
import { refusalResponse } from "~/routes/refusal.server";

type Fields = Record<string, string>;
type Intent = (staff: Staff, sessionId: string, fields: Fields, attachments: Attachment[]) => Promise<unknown>;

const number = (text: string | undefined) => z.coerce.number().int().min(0).parse(text);

const INTENTS: Record<string, Intent> = {
  accept: (staff, id) => claimChat(staff, id),
  resolve: (staff, id) => resolveChat(staff, id),
  requeue: (staff, id) => requeueChat(staff, id),
  transfer: (staff, sessionId, fields) => transferChat(staff, transferInput.parse({ ...fields, sessionId })),
  block: (staff, id) => blockVisitor(staff, id),
  send: (staff, sessionId, fields, attachments) =>
    sendTyped(
      staff,
      sendInput.parse({
        ...fields,
        sessionId,
        attachmentIds: attachments.map(({ id }) => id),
        expectedSeq: fields.expectedSeq ? number(fields.expectedSeq) : undefined,
      }),
      attachments,
    ),
  note: async (staff, sessionId, fields, attachments) => {
    if (attachments.length > 0)
      throw new Invalid("A note takes no files. Send them to the customer, or take them out.");
    await addNote(staff, noteInput.parse({ ...fields, sessionId }));
    await dropDraft(staff, sessionId);
  },
  edit: (staff, sessionId, { seq, content }) =>
    editMessage(staff, editInput.parse({ sessionId, seq: number(seq), content })),
  takeBack: (staff, sessionId, { seq }) => takeBackMessage(staff, takeBackInput.parse({ sessionId, seq: number(seq) })),
  addLabel: (staff, sessionId, { label }) => addLabel(staff, labelInput.parse({ sessionId, name: label })),
  removeLabel: (staff, id, { labelId }) => removeLabel(staff, id, number(labelId)),
  read: (staff, sessionId, { seq }) => markRead(staff, { sessionId, seq: number(seq) }),
  status: (staff, _id, fields) => setStatus(staff, statusInput.parse(fields).status),
};

/** After these the chat is somebody else's, or over. */
const LEAVING = ["resolve", "transfer", "requeue", "block"];

/** One form, one intent. What works leads on with a redirect, so that reloading the page sends nothing again. */
export async function answerIntent(staff: Staff, chatId: string, request: Request) {
  let fields: Fields = {};
  try {
    const form = await formWithFiles(request, async () => staff, chatId);
    fields = keptWith(form.fields, form.attachments);
    if (form.refusal) throw form.refusal;
    const intent = z.enum(Object.keys(INTENTS)).parse(fields.intent);
    await INTENTS[intent]?.(staff, chatId, form.fields, form.attachments);
    return redirect(LEAVING.includes(intent) ? "/cs" : pageOf(request), 303);
  } catch (error) {
    return refusalResponse(error, fields, request);
  }
}

/** Where the form stood, with the open list. */
function pageOf(request: Request): string {
  const { pathname, searchParams } = new URL(request.url);
  const list = searchParams.get("list");
  return pathname.replace(/\.data$/, "") + (list ? `?list=${encodeURIComponent(list)}` : "");
}
