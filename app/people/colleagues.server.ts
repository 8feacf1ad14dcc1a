import { z } from "zod";
import { many, sql } from "~/db.server";
import { chatLimit } from "./chat-limit.server";
import type { Colleague } from "~/chat/shapes";

const colleagueRow = z.object({
  id: z.number(),
  name: z.string(),
  avatarUrl: z.string().nullable(),
  status: z.enum(["online", "busy", "offline"]),
  away: z.boolean(),
  activeChats: z.number(),
  maxChats: z.number(),
});

/** Everybody who can answer chats, with effective presence: what they chose, and offline when no lease is alive. */
export function colleagues(): Promise<Colleague[]> {
  return many(
    colleagueRow,
    sql`
      select u.id, u.name, u.avatar_url as "avatarUrl", ${chatLimit()} as "maxChats",
        case when exists (select 1 from cs_leases l where l.user_id = u.id and l.expires_at > now())
          then st.status else 'offline' end as status,
        st.away_at is not null as away,
        (select count(*)::integer from chat_sessions s where s.cs_id = u.id and s.status = 'active') as "activeChats"
      from cs_status st join users u on u.id = st.user_id
      where u.disabled_at is null
      order by u.name, u.id`,
  );
}
