import { sql } from "~/db.server";
import { env } from "~/env.server";

/** How many chats users u answer at a time: their own number, else the one in the settings, else that of the deployment. */
export const chatLimit = () => sql`coalesce(u.max_chats,
  (select value::integer from settings where key = 'maxChats'), ${env().MAX_CHAT_PER_CS})`;
