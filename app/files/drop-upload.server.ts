import type { Actor } from "~/auth/actor";
import { NotFound } from "~/chat/errors";
import { isChatId as isUuid } from "~/chat/find-chat.server";
import { exec, sql } from "~/db.server";

/** Gives up a file that one uploaded and has not sent. @throws NotFound for what was sent, or is somebody else's */
export async function dropUpload(actor: Actor, id: string): Promise<void> {
  const own =
    actor.kind === "customer"
      ? sql`a.sender_type = 'customer' and a.visitor_id = ${actor.visitorId}`
      : sql`a.sender_type = 'cs' and a.sender_id = ${actor.userId}`;
  const dropped = isUuid(id)
    ? await exec(sql`
        delete from attachments a where a.id = ${id} and ${own}
          and not exists (select 1 from message_attachments f where f.attachment_id = a.id)`)
    : 0;
  if (dropped === 0) throw new NotFound("There is no such file of yours.");
}
