import type { Message } from "~/chat/shapes";
import type { Attachment } from "./shapes";

/** A file, and the message that it came with. */
export interface ChatFile extends Attachment {
  seq: number;
}

/**
 * The files of a chat, newest first: those that came with the page, and from the first row of the live log on what the
 * log says, so that what was sent or taken back since is right.
 */
export function filesInChat(listed: readonly ChatFile[], log: readonly Message[]): readonly ChatFile[] {
  const first = log[0]?.seq;
  if (first === undefined) return listed;
  const live = log.flatMap(({ seq, attachments }) => attachments.map((file) => ({ ...file, seq })));
  return [...live.reverse(), ...listed.filter(({ seq }) => seq < first)];
}
