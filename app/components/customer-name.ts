import type { StaffKey } from "~/messages/staff-en";
import type { Say } from "~/messages/text";

const MARK_LENGTH = 3;

/** "Maria Kowalska"; without a name, "Anonymous 4F2": the end of the id tells two of them apart. */
export function customerName(chat: { id: string; customerName: string | null }, t: Say<StaffKey>): string {
  return chat.customerName ?? t("name.anonymous", { mark: chat.id.slice(-MARK_LENGTH).toUpperCase() });
}
