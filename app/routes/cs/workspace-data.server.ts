import type { Staff } from "~/auth/actor";
import { allChats, myChats, queuedChats, seesAll, waitingCount } from "~/chat/list-chats.server";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { colleagues } from "~/people/colleagues.server";
import { renewLease } from "~/people/presence.server";
import { myStatus } from "~/people/status.server";
import { QUEUE_SHOWN } from "./order-chats";

/** Everything the agent's lists show; the same for the page and for the frame that refreshes without scripts. */
export async function workspaceData(staff: Staff, request: Request) {
  // A page that is asked for is a sign of life too: it is the only one of an agent without scripts.
  await renewLease(staff.sid, staff.userId);
  const mayAll = await seesAll(staff);
  const wantsAll = mayAll && new URL(request.url).searchParams.get("list") === "all";
  const [presence, mine, queue, waiting, team, all] = await Promise.all([
    myStatus(staff),
    myChats(staff),
    queuedChats(QUEUE_SHOWN),
    waitingCount(),
    colleagues(),
    wantsAll ? allChats(staff) : null,
  ]);
  return {
    staff: { userId: staff.userId, name: staff.name, username: staff.username, role: staff.role, seesAll: mayAll },
    lists: { ...presence, mine, queue, waiting, colleagues: team },
    all,
    now: new Date().toISOString(),
    texts: staffTextsFor(request),
  };
}
