import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { Invalid } from "~/chat/errors";
import { exec, maybeOne, sql } from "~/db.server";

export const MOST_PICTURE_BYTES = 4 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const READ = new Set(["jpeg", "png", "webp", "gif"]);

/** How large a picture is kept, in pixels: square for faces, as it is for logos. */
const SHAPES = {
  face: { width: 256, height: 256, fit: "cover" },
  logo: { width: 512, height: 128, fit: "inside", withoutEnlargement: true },
} as const;

/**
 * Draws an uploaded picture anew, small and without anything that came with it. @returns its address
 * @throws Invalid when it is no picture, or too large
 */
export async function keepPicture(bytes: Uint8Array, shape: keyof typeof SHAPES): Promise<string> {
  const content = await redraw(bytes, shape);
  const id = uuidv7();
  await exec(sql`insert into pictures (id, content) values (${id}, ${content})`);
  return `/pictures/${id}`;
}

async function redraw(bytes: Uint8Array, shape: keyof typeof SHAPES): Promise<Buffer> {
  if (bytes.length > MOST_PICTURE_BYTES) throw new Invalid("That picture is larger than 4 MB.");
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" });
    const { format } = await picture.metadata();
    if (!READ.has(format)) throw new Error(`${format} is not read`);
    return await picture.autoOrient().resize(SHAPES[shape]).webp({ quality: 85 }).toBuffer();
  } catch {
    throw new Invalid("That is not a picture that we can read: send a JPEG, PNG, WebP or GIF.");
  }
}

/** The picture as WebP; null when there is none of that id. */
export async function pictureOf(id: string): Promise<Buffer | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const row = await maybeOne(
    z.object({ content: z.instanceof(Buffer) }),
    sql`select content from pictures where id = ${id}`,
  );
  return row && row.content;
}

/** Pictures that nothing shows any more, a day after they came. @returns how many */
export function dropUnusedPictures(): Promise<number> {
  return exec(sql`
    delete from pictures p where p.created_at < now() - interval '1 day'
      and not exists (select from users u where u.avatar_url = '/pictures/' || p.id)
      and not exists (select from settings s where s.key = 'logoUrl' and s.value #>> '{}' = '/pictures/' || p.id)`);
}
