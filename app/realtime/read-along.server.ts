import { z } from "zod";
import { many, sql } from "~/db.server";
import { settings } from "~/settings/settings.server";
import type { Connection } from "./connection.server";
import type { Connections } from "./connections.server";

const lostRow = z.object({ place: z.number(), id: z.string() });

/** Where agents may not read along (any longer), their sockets let go of the chats that are not theirs to see. */
export async function endReadingAlong(connections: Connections): Promise<void> {
  // The news that settings changed reaches them after us.
  await Promise.resolve();
  if ((await settings()).agentsSeeAll) return;
  const followed = connections.at("cs").flatMap((c) => followedBy(c));
  if (followed.length === 0) return;
  const lost = await many(
    lostRow,
    sql`
      select f.place::integer as place, s.id
      from unnest(${followed.map(({ userId }) => userId)}::integer[], ${followed.map(({ chatId }) => chatId)}::uuid[])
        with ordinality as f (user_id, chat_id, place)
      join chat_sessions s on s.id = f.chat_id
      where s.status <> 'waiting' and s.cs_id is distinct from f.user_id`,
  );
  for (const { place, id } of lost) followed[place - 1]?.connection.lose(id);
}

function followedBy(connection: Connection) {
  const { actor, following } = connection;
  if (actor?.kind !== "staff" || actor.role === "admin") return [];
  return [...following.keys()].map((chatId) => ({ connection, userId: actor.userId, chatId }));
}
