import { encode } from "uqr";

export interface QrCode {
  /** Modules on a side, with the quiet edge. */
  size: number;
  /** An SVG path over the dark ones. */
  path: string;
}

/** Drawn by the page itself: no script, no picture from elsewhere, nothing that a log could keep. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: dark.join("") };
}
