import { buffer } from "node:stream/consumers";
import { isMultipart, readMultipart } from "~/api/multipart.server";
import { Invalid, TooLarge } from "~/chat/errors";
import { keepPicture, MOST_PICTURE_BYTES } from "~/settings/pictures.server";
import { formFields } from "~/http/form-fields.server";

/** Room for the form's other fields; the longest is an import of a million characters. */
const MOST_FIELD_BYTES = MOST_PICTURE_BYTES;

/** The texts of a form with one file in it, and the file's bytes when one was chosen. @throws Invalid over 4 MB */
export async function fieldsAndFile(request: Request, name: string) {
  if (!isMultipart(request)) return { fields: await formFields(request), file: null };
  const tooLarge = new Invalid("That file is larger than 4 MB.", { [name]: "At most 4 MB." });
  let file: Uint8Array | null = null;
  const limits = { files: 1, bytes: MOST_PICTURE_BYTES + 65_536, fieldBytes: MOST_FIELD_BYTES };
  const texts = await readMultipart(request, limits, async ({ stream }) => {
    const bytes = await buffer(stream);
    if (bytes.length > MOST_PICTURE_BYTES) throw tooLarge;
    if (bytes.length > 0) file = bytes;
  }).catch((error: unknown) => {
    throw error instanceof TooLarge ? tooLarge : error;
  });
  return { fields: Object.fromEntries(texts.filter(([key]) => key !== "_token")), file: file as Uint8Array | null };
}

/** Keeps it; what is wrong with it is said beside its field. @throws Invalid */
export async function keepChosen(picture: Uint8Array, shape: "face" | "logo"): Promise<string> {
  try {
    return await keepPicture(picture, shape);
  } catch (error) {
    throw error instanceof Invalid ? new Invalid(error.message, { picture: error.message }) : error;
  }
}
