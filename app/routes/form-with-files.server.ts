import type { Actor } from "~/auth/actor";
import { FORM_BYTES } from "~/api/attachments.server";
import { isMultipart, readMultipart } from "~/api/multipart.server";
import { Refusal, refusalFrom } from "~/chat/errors";
import { keepForm } from "~/http/kept-form.server";
import { fileRules } from "~/files/file-limits.server";
import { ownUploads } from "~/files/own-uploads.server";
import type { Attachment } from "~/files/shapes";
import { uploadFile } from "~/files/upload-file.server";
import { formFields } from "~/http/form-fields.server";

export interface FormWithFiles {
  fields: Record<string, string>;
  /** Uploaded with this form, or with an earlier try of it. */
  attachments: Attachment[];
  /** The first file that was refused, named. */
  refusal: Refusal | null;
}

/**
 * A page's form with files in it. Each file is taken or refused by itself: what was taken is sent, or comes back with the
 * text when something else is refused.
 */
export async function formWithFiles(
  request: Request,
  whose: () => Promise<Actor>,
  chatId?: string,
): Promise<FormWithFiles> {
  if (!isMultipart(request)) return { fields: await formFields(request), attachments: [], refusal: null };
  const { maxBytes, perMessage } = await fileRules();
  const fresh: Attachment[] = [];
  let refusal: Refusal | null = null;
  const posted = await readMultipart(
    request,
    { files: perMessage, bytes: maxBytes * perMessage + FORM_BYTES },
    async (part) => {
      try {
        fresh.push(await uploadFile(await whose(), chatId, { ...part, gone: request.signal }));
      } catch (error) {
        const why = refusalFrom(error);
        if (!why) throw error;
        refusal ??= new Refusal(why.code, `${part.name}: ${why.message}`, why.details);
      }
    },
  );
  const entries = keepForm(request, posted);
  const texts = entries.filter(([name]) => name !== "attachmentIds");
  const earlier = entries.flatMap(([name, value]) => (name === "attachmentIds" ? [value] : []));
  const kept = earlier.length > 0 ? await ownUploads(await whose(), earlier) : [];
  return { fields: Object.fromEntries(texts), attachments: [...kept, ...fresh], refusal };
}

/** What a page needs to show them again, beside the texts. */
export const keptWith = (fields: Record<string, string>, attachments: Attachment[]): Record<string, string> =>
  attachments.length > 0 ? { ...fields, attachments: JSON.stringify(attachments) } : withoutFiles(fields);

const withoutFiles = ({ attachments: _, ...fields }: Record<string, string>) => fields;
