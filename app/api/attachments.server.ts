import type { Actor } from "~/auth/actor";
import { Invalid, UnsupportedType } from "~/chat/errors";
import { dropUpload } from "~/files/drop-upload.server";
import { fileRules } from "~/files/file-limits.server";
import type { Attachment } from "~/files/shapes";
import { uploadFile } from "~/files/upload-file.server";
import type { Answer } from "./answer.server";
import { isMultipart, readMultipart } from "./multipart.server";

/** Room for texts and the form's own lines. */
export const FORM_BYTES = 200_000;

/** One file, as multipart/form-data: 201 with what it became. Its id goes with one message. */
export async function postAttachment(actor: Actor, chatId: string | undefined, request: Request): Promise<Answer> {
  if (!isMultipart(request)) throw new UnsupportedType("Send the file as multipart/form-data.");
  const { maxBytes } = await fileRules();
  let attachment: Attachment | undefined;
  let refusal: unknown;
  // One byte too many is the file's fault, and is said in its name.
  await readMultipart(request, { files: 1, bytes: maxBytes * 1.1 + FORM_BYTES }, async (part) => {
    try {
      attachment = await uploadFile(actor, chatId, { ...part, gone: request.signal });
    } catch (error) {
      refusal = error;
    }
  });
  if (refusal) throw refusal;
  if (!attachment) throw new Invalid("There is no file in it.");
  return { status: 201, body: { attachment } };
}

/** Gives up a file that was uploaded and not sent. */
export async function deleteAttachment(actor: Actor, id = ""): Promise<Answer> {
  await dropUpload(actor, id);
  return { body: {} };
}
