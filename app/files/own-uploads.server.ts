import type { Actor } from "~/auth/actor";
import { isChatId as isUuid } from "~/chat/find-chat.server";
import { many, sql } from "~/db.server";
import { shownColumns, shownFile, toAttachment } from "./attachment-row.server";
import type { Attachment } from "./shapes";

/** Those of the files that this one uploaded and has not sent yet, oldest first; others are left out. */
export async function ownUploads(actor: Actor, ids: string[]): Promise<Attachment[]> {
  const own =
    actor.kind === "customer"
      ? sql`a.sender_type = 'customer' and a.visitor_id = ${actor.visitorId}`
      : sql`a.sender_type = 'cs' and a.sender_id = ${actor.userId}`;
  const rows = await many(
    shownFile,
    sql`
      select ${shownColumns} from attachments a
      where a.id = any (${ids.filter(isUuid)}::uuid[]) and ${own}
        and not exists (select 1 from message_attachments f where f.attachment_id = a.id)
      order by a.created_at, a.id`,
  );
  return rows.map(toAttachment);
}
