import { isMultipart, readMultipart } from "~/api/multipart.server";
import { MOST_TEXT_BYTES, readText } from "~/api/read-body.server";
import { keepForm } from "./kept-form.server";

/**
 * What a form says in words, without its token: what a verb's input parses, and what is kept when it refuses. Of several
 * fields of one name the last one counts. @throws TooLarge, Invalid
 */
export async function formFields(request: Request): Promise<Record<string, string>> {
  const texts = isMultipart(request)
    ? await readMultipart(request, { files: 0, bytes: MOST_TEXT_BYTES }, async () => {})
    : [...new URLSearchParams(await readText(request))];
  return Object.fromEntries(keepForm(request, texts));
}
