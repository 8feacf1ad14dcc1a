import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { findReadableChatId } from "~/chat/find-chat.server";
import { many, sql } from "~/db.server";
import { shownColumns, shownFile, toAttachment } from "./attachment-row.server";
import type { ChatFile } from "./chat-files";

const MOST = 500;
const fileRow = shownFile.extend({ seq: z.number() });

/** What was sent in a chat, newest first. @throws NotFound */
export async function chatFiles(staff: Staff, sessionId: string): Promise<ChatFile[]> {
  await findReadableChatId(staff, sessionId);
  const rows = await many(
    fileRow,
    sql`
      select f.seq, ${shownColumns}
      from message_attachments f join attachments a on a.id = f.attachment_id
      where f.session_id = ${sessionId} order by f.seq desc, f.position desc limit ${MOST}`,
  );
  return rows.map(({ seq, ...file }) => ({ ...toAttachment(file), seq }));
}
