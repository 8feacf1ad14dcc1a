import { z } from "zod";
import { heard, publish } from "~/chat/publish.server";
import { many, sql } from "~/db.server";
import { log } from "~/log.server";
import { isPicture } from "./organisation";

let known: string[] = [];
let watching = false;

/** Other sites whose pictures our pages may show: where the avatars and the logo are. As of a moment ago. */
export function pictureOrigins(): readonly string[] {
  if (!watching) {
    watching = true;
    heard.on("news", (news) => {
      if (news.settings) void read();
    });
    void read();
  }
  return known;
}

/** An avatar has another address: every instance looks again. */
export const picturesChanged = () => publish({ settings: true });

/** Reads what `pictureOrigins` answers; the program does it before it listens. */
export async function readPictureOrigins(): Promise<void> {
  pictureOrigins();
  await read();
}

async function read() {
  try {
    const rows = await many(
      z.object({ url: z.string() }),
      sql`
        select distinct avatar_url as url from users where avatar_url like 'http%' and disabled_at is null
        union select value #>> '{}' from settings where key = 'logoUrl' and value #>> '{}' like 'http%'`,
    );
    known = [...new Set(rows.flatMap(({ url }) => (isPicture(url) ? [new URL(url).origin] : [])))];
  } catch (error) {
    log().warn({ error: String(error) }, "could not read where pictures are");
  }
}
