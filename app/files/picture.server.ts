import { stat } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { Invalid, Overloaded, TooLarge } from "~/chat/errors";
import { atATime } from "./at-a-time";

/** Decoded this is 160 MB at the worst; a photo of a phone has 12 to 24. */
export const MAX_PIXELS = 40_000_000;
const THUMBNAIL_PX = 480;

const inTurn = atATime(1, 60, () => new Overloaded(5));

sharp.cache(false);
sharp.concurrency(1);
// The library looks at the content by itself: it gets decoders for what we take, and no others (SVG, PDF, …).
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegFile",
    "VipsForeignLoadPngFile",
    "VipsForeignLoadWebpFile",
    "VipsForeignLoadNsgifFile",
  ],
});

export interface Picture {
  width: number;
  height: number;
  size: number;
  thumbnailSize: number;
}

/**
 * Writes a picture anew at `to`, and a small WebP at `thumbnail`: turned upright, without metadata (where it was taken,
 * with what), and without anything else that was hidden in the file. One at a time, off the event loop.
 * @throws TooLarge for too many pixels, before they are decoded; Invalid for what cannot be decoded.
 */
export function rewritePicture(from: string, to: string, thumbnail: string): Promise<Picture> {
  return inTurn(async () => {
    try {
      const animated = await checkPixels(from);
      const written = await writtenAs(sharp(from, { animated, limitInputPixels: MAX_PIXELS }).autoOrient()).toFile(to);
      const small = await sharp(to, { limitInputPixels: MAX_PIXELS })
        .resize({ width: THUMBNAIL_PX, height: THUMBNAIL_PX, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 78 })
        .toFile(thumbnail);
      const { size } = await stat(to);
      return { width: written.width, height: written.pageHeight ?? written.height, size, thumbnailSize: small.size };
    } catch (error) {
      if (error instanceof TooLarge || isDiskProblem(error)) throw error;
      throw new Invalid("This picture cannot be read. Open it and save it again, then try once more.");
    }
  });
}

/** By the header alone. @returns whether it moves */
async function checkPixels(path: string): Promise<boolean> {
  const {
    width,
    height,
    pages = 1,
    pageHeight,
  } = await sharp(path, { animated: true, limitInputPixels: false }).metadata();
  if (width * (pageHeight ?? height) * pages > MAX_PIXELS)
    throw new TooLarge(`This picture is too large: at most ${MAX_PIXELS / 1_000_000} million pixels.`);
  return pages > 1;
}

/** In the format it came in, so that its name stays true. */
const writtenAs = (picture: Sharp) =>
  picture
    .jpeg({ quality: 88, force: false })
    .png({ force: false })
    .webp({ quality: 88, force: false })
    .gif({ force: false });

const isDiskProblem = (error: unknown) =>
  /ENOSPC|EDQUOT|EROFS|EACCES|EIO|no space|quota|unable to open for write|write error/i.test(String(error));
