import { isAction } from "~/activity/shapes";
import type { StaffKey } from "~/messages/staff-en";
import type { Say } from "~/messages/text";

/** "user.disabled" as the rest of a sentence; what has no text yet stays as it is written. */
export const actionText = (t: Say<StaffKey>, action: string) => (isAction(action) ? t(`act.${action}`) : action);
