import { z } from "zod";
import { text } from "~/chat/send-message.server";
import { isPicture } from "~/settings/organisation";

const MOST_CHATS = 1_000;

const NO_NUMBER = `Write a whole number from 0 to ${MOST_CHATS}, or leave it empty.`;
const digits = z
  .string()
  .trim()
  .regex(/^\d{0,9}$/)
  .transform((text) => (text === "" ? null : Number(text)));

/** A number, the digits that a form sends, or nothing: then the general limit holds. */
const maxChats = z
  .union([z.number(), z.null(), digits], { error: NO_NUMBER })
  .pipe(z.number().int(NO_NUMBER).min(0, NO_NUMBER).max(MOST_CHATS, NO_NUMBER).nullable());

/** What an admin writes about somebody of the staff. */
export const userInput = z.object({
  name: text(80)
    .transform((name) => name.replace(/\s+/g, " ").trim())
    .refine((name) => name !== "", "Write a name."),
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, "1 to 40 letters a to z, digits, dots, - and _; a letter or digit first."),
  role: z.enum(["cs", "admin"], { error: "Choose a role." }),
  maxChats,
  /** A picture of ours, or an address; empty: initials. */
  avatarUrl: z
    .union([text(1_000).transform((url) => url.trim()), z.null()])
    .transform((url) => url || null)
    .refine((url) => url === null || isPicture(url), "Write an address that begins with https:// or http://."),
});

export type UserInput = z.infer<typeof userInput>;
