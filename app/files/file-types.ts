export interface FileType {
  /** What it is served as. */
  type: string;
  /** What its first bytes must say, as file-type names it; null: text, which has no such bytes. */
  magic: readonly string[] | null;
  /** What browsers also call it. */
  aliases?: readonly string[];
  /** A picture that we decode and write again. */
  raster?: true;
}

const JPEG: FileType = { type: "image/jpeg", magic: ["jpg"], aliases: ["image/jpg", "image/pjpeg"], raster: true };
const TEXT: FileType = { type: "text/plain", magic: null };
const OFFICE = "application/vnd.openxmlformats-officedocument";
const ODF = "application/vnd.oasis.opendocument";
const ZIP_ALIASES = ["application/x-zip-compressed", "application/x-zip", "multipart/x-zip"];

/** Everything that can be allowed, by extension. No SVG, no HTML, nothing that a browser runs. */
export const FILE_TYPES: Readonly<Record<string, FileType>> = {
  jpg: JPEG,
  jpeg: JPEG,
  png: { type: "image/png", magic: ["png", "apng"], aliases: ["image/apng"], raster: true },
  gif: { type: "image/gif", magic: ["gif"], raster: true },
  webp: { type: "image/webp", magic: ["webp"], raster: true },
  pdf: { type: "application/pdf", magic: ["pdf"], aliases: ["application/x-pdf"] },
  txt: TEXT,
  log: TEXT,
  csv: { type: "text/csv", magic: null, aliases: ["text/plain", "application/csv", "application/vnd.ms-excel"] },
  docx: { type: `${OFFICE}.wordprocessingml.document`, magic: ["docx", "zip"] },
  xlsx: { type: `${OFFICE}.spreadsheetml.sheet`, magic: ["xlsx", "zip"] },
  pptx: { type: `${OFFICE}.presentationml.presentation`, magic: ["pptx", "zip"] },
  odt: { type: `${ODF}.text`, magic: ["odt", "zip"] },
  ods: { type: `${ODF}.spreadsheet`, magic: ["ods", "zip"] },
  odp: { type: `${ODF}.presentation`, magic: ["odp", "zip"] },
  zip: { type: "application/zip", magic: ["zip"], aliases: ZIP_ALIASES },
  mp3: { type: "audio/mpeg", magic: ["mp3"], aliases: ["audio/mp3"] },
  m4a: { type: "audio/mp4", magic: ["m4a", "mp4"], aliases: ["audio/x-m4a", "audio/m4a"] },
  wav: { type: "audio/wav", magic: ["wav"], aliases: ["audio/x-wav", "audio/wave", "audio/vnd.wave"] },
  mp4: { type: "video/mp4", magic: ["mp4"] },
  webm: { type: "video/webm", magic: ["webm"], aliases: ["audio/webm"] },
  mov: { type: "video/quicktime", magic: ["mov"] },
};

export const ALL_EXTENSIONS = Object.keys(FILE_TYPES);

/** The extension behind the last dot, lower case; empty without one. */
export const extensionOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
