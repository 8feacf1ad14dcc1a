import {
  MaxPartSizeExceededError,
  unstable_createMemoryUploadHandler as inMemory,
  unstable_parseMultipartFormData as parseMultipart,
} from "@remix-run/node";
import { Invalid } from "~/chat/errors";
import { keepPicture, MOST_PICTURE_BYTES } from "~/settings/pictures.server";

/** The texts of a form with one file in it, and the file's bytes when one was chosen. @throws Invalid over 4 MB */
export async function fieldsAndFile(request: Request, name: string) {
  const tooLarge = new Invalid("That file is larger than 4 MB.", { [name]: "At most 4 MB." });
  if (Number(request.headers.get("Content-Length") ?? 0) > MOST_PICTURE_BYTES + 65_536) throw tooLarge;
  try {
    const form = await readForm(request);
    const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
    const file = form.get(name);
    const chosen = file instanceof File && file.size > 0;
    return {
      fields: Object.fromEntries(texts.filter(([key]) => key !== "_token")),
      file: chosen ? new Uint8Array(await file.arrayBuffer()) : null,
    };
  } catch (error) {
    throw error instanceof MaxPartSizeExceededError ? tooLarge : error;
  }
}

const readForm = (request: Request) =>
  request.headers.get("Content-Type")?.startsWith("multipart/")
    ? parseMultipart(request, inMemory({ maxPartSize: MOST_PICTURE_BYTES }))
    : request.formData();

/** Keeps it; what is wrong with it is said beside its field. @throws Invalid */
export async function keepChosen(picture: Uint8Array, shape: "face" | "logo"): Promise<string> {
  try {
    return await keepPicture(picture, shape);
  } catch (error) {
    throw error instanceof Invalid ? new Invalid(error.message, { picture: error.message }) : error;
  }
}
