import type { Attachment } from "./shapes";

/** What a refused form brings back with its texts. */
export function keptFiles(text: string | undefined): Attachment[] {
  try {
    return JSON.parse(text ?? "[]") as Attachment[];
  } catch {
    return [];
  }
}
