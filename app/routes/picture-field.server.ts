import {
  MaxPartSizeExceededError,
  unstable_createMemoryUploadHandler as inMemory,
  unstable_parseMultipartFormData as parseMultipart,
} from "@remix-run/node";
import { Invalid } from "~/chat/errors";
import { keepPicture, MOST_PICTURE_BYTES } from "~/settings/pictures.server";

/** The texts of a form with one picture in it, and the picture's bytes when one was chosen. @throws Invalid when it is too large */
export async function fieldsAndPicture(request: Request) {
  const tooLarge = new Invalid("That picture is larger than 4 MB.", { picture: "At most 4 MB." });
  if (Number(request.headers.get("Content-Length") ?? 0) > MOST_PICTURE_BYTES + 65_536) throw tooLarge;
  try {
    const form = await readForm(request);
    const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
    const picture = form.get("picture");
    const chosen = picture instanceof File && picture.size > 0;
    return {
      fields: Object.fromEntries(entries.filter(([name]) => name !== "_token")),
      picture: chosen ? new Uint8Array(await picture.arrayBuffer()) : null,
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
