import { emptyNews } from "~/chat/news";
import { heard } from "~/chat/publish.server";
import { exec, sql } from "~/db.server";

/** As another instance's news of a change. */
export const hearOfSettings = () => heard.emit("news", { ...emptyNews(), settings: true });

/** All settings as they are before anybody changes one. */
export async function resetSettings(): Promise<void> {
  await exec(sql`delete from settings`);
  hearOfSettings();
}
