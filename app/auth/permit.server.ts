import { NotAllowed, NotSignedIn } from "~/chat/errors";
import { log } from "~/log.server";
import type { Actor } from "./actor";
import type { Who } from "./permissions";

/** `row` is what the table of permissions says, undefined when it says nothing. @throws NotSignedIn, NotAllowed */
export function permit(row: Who | undefined, actor: Actor | null): void {
  if (row === undefined) throw new NotAllowed("This is open to nobody yet: it has no row in app/auth/permissions.ts.");
  if (row === "anyone" || (row === "party" && actor)) return;
  if (row === "customer" && actor?.kind !== "customer") throw new NotSignedIn("Start a chat first.");
  if (row === "customer") return;
  if (actor?.kind !== "staff") throw new NotSignedIn();
  if (row !== "admin" || actor.role === "admin") return;
  log().warn({ userId: actor.userId }, "somebody was refused what is for admins");
  throw new NotAllowed();
}
