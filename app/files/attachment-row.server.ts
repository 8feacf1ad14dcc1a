import { z } from "zod";
import { sql } from "~/db.server";
import type { Attachment } from "./shapes";

/** A file as a message's row brings it along. */
export const shownFile = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  thumbnail: z.boolean(),
});

export type ShownFile = z.infer<typeof shownFile>;

/** `attachments` of messages m, as JSON; null for what has none. Rows of text cost nothing. */
export const filesOfMessage = sql`
  case when m.message_type in ('image', 'file') then (
    select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'width', a.width,
      'height', a.height, 'thumbnail', a.thumbnail_key is not null) order by f.position)
    from message_attachments f join attachments a on a.id = f.attachment_id
    where f.session_id = m.session_id and f.seq = m.seq
  ) end`;

export const shownColumns = sql`
  a.id, a.name, a.type, a.size, a.width, a.height, a.thumbnail_key is not null as thumbnail`;

export function toAttachment({ thumbnail, ...file }: ShownFile): Attachment {
  const url = `/files/${file.id}`;
  return { ...file, url, thumbnailUrl: thumbnail ? `${url}/thumbnail` : null };
}
