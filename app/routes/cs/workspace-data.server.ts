import { randomUUID } from "node:crypto";
import type { Staff } from "~/auth/actor";
import { queuedChats, myChats } from "~/chat/list-chats.server";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { colleagues } from "~/people/colleagues.server";
import { myStatus } from "~/people/status.server";

/** Everything the agent's lists show; the same for the page and for the frame that refreshes without scripts. */
export async function workspaceData(staff: Staff, request: Request) {
  const [presence, mine, queue, team] = await Promise.all([
    myStatus(staff),
    myChats(staff),
    queuedChats(staff),
    colleagues(),
  ]);
  return {
    staff: { userId: staff.userId, name: staff.name, username: staff.username, role: staff.role },
    presence,
    mine,
    queue,
    colleagues: team,
    now: new Date().toISOString(),
    texts: staffTextsFor(request),
  };
}

export const newClientId = () => randomUUID();
