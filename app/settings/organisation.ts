import { z } from "zod";
import { accentProblem } from "./accent";
import { readHolidays, readRanges, WEEKDAYS } from "./office-hours";

/** Text as PostgreSQL can store it, without blanks around it. */
const words = (max: number) =>
  z
    .string()
    .transform((text) => text.replaceAll("\u0000", "").replaceAll("\r\n", "\n").trim())
    .pipe(z.string().max(max, `That is too long: at most ${max} characters.`));

const accent = (theme: "light" | "dark") =>
  words(7)
    .transform((text) => text.toLowerCase())
    .superRefine((text, context) => {
      if (text === "") return;
      const problem = /^#[0-9a-f]{6}$/.test(text) ? accentProblem(text, theme) : "Write a colour as in #0f766e.";
      if (problem) context.addIssue({ code: "custom", message: problem });
    });

const day = words(80).refine((text) => readRanges(text) !== null, "Write hours as in 09:00-12:00, 13:00-17:00.");

/** A picture's address, as people write it: without a name and password in it, and not too long. */
export function isPicture(url: string): boolean {
  if (/^\/pictures\/[0-9a-f-]{36}$/.test(url)) return true;
  if (url.length > 1_000 || !URL.canParse(url)) return false;
  const { protocol, username, password, hostname } = new URL(url);
  // The host goes into the policy of every page: URL lets it hold signs that would end a line of that.
  return /^https?:$/.test(protocol) && !username && !password && /^[a-z0-9.:[\]_-]+$/.test(hostname);
}

/** What customers see of the organisation; empty: as the program comes. */
export const organisationShape = {
  organisationName: words(60),
  logoUrl: words(1_000).refine(
    (url) => url === "" || isPicture(url),
    "Write an address that begins with https:// or http://.",
  ),
  /** #rrggbb for the light theme, and for the dark one when it shall not be made from the other. */
  accent: accent("light"),
  accentDark: accent("dark"),
  greeting: words(120),
  closedText: words(300),
  /** Day by day, as office-hours.ts reads them. */
  hours: z.object(
    Object.fromEntries(WEEKDAYS.map((name) => [name, day])) as Record<(typeof WEEKDAYS)[number], typeof day>,
  ),
  holidays: words(4_000).refine(
    (text) => readHolidays(text) !== null,
    "Write one day a line, as in 2026-12-25 Christmas.",
  ),
};

export const organisationDefaults = {
  organisationName: "",
  logoUrl: "",
  accent: "",
  accentDark: "",
  greeting: "",
  closedText: "",
  hours: {
    monday: "09:00-17:00",
    tuesday: "09:00-17:00",
    wednesday: "09:00-17:00",
    thursday: "09:00-17:00",
    friday: "09:00-17:00",
    saturday: "",
    sunday: "",
  },
  holidays: "",
};
