/** A file as pages, sockets and programs see it. Where its bytes are is nobody's business. */
export interface Attachment {
  id: string;
  name: string;
  /** Decided by us, never by who sent it. */
  type: string;
  /** Bytes. */
  size: number;
  /** Pixels; null for what is not a picture. */
  width: number | null;
  height: number | null;
  url: string;
  thumbnailUrl: string | null;
}

/** What may be attached: told to the browser, so that it can refuse before it uploads. The server decides. */
export interface FileRules {
  maxBytes: number;
  perMessage: number;
  /** Without the dot, lower case. */
  extensions: string[];
}

const UNITS = ["kB", "MB", "GB"] as const;

/** "48 B", "2.4 MB": decimal, as file managers count. */
export function sizeText(bytes: number, locale = "en"): string {
  if (bytes < 100) return `${bytes} B`;
  let [value, unit] = [bytes / 1_000, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) [value, unit] = [value / 1_000, unit + 1];
  const digits = value < 10 ? 1 : 0;
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[unit]}`;
}
