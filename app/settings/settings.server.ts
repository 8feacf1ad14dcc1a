import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { logActivity } from "~/activity/log.server";
import { NotAllowed } from "~/chat/errors";
import { heard, publish } from "~/chat/publish.server";
import { many, sql, transaction, exec } from "~/db.server";
import { env } from "~/env.server";
import { isOutage } from "~/outage";
import { LANGUAGE_CODES } from "~/messages/languages";
import { organisationDefaults, organisationShape } from "./organisation";
import { ALL_EXTENSIONS } from "~/files/file-types";

/** A number, or the digits that a form sends; an empty field is neither. */
const whole = (low: number, high: number) => {
  const error = `Write a whole number from ${low} to ${high}.`;
  const digits = z
    .string()
    .trim()
    .regex(/^\d{1,9}$/)
    .transform(Number);
  return z.union([z.number(), digits], { error }).pipe(z.number().int(error).min(low, error).max(high, error));
};

/** true and false, also as forms and queries write them. */
const yesNo = z
  .union([z.boolean(), z.enum(["true", "false", "on", ""])], { error: "Write true or false." })
  .transform((value) => value === true || value === "true" || value === "on");

const zone = z
  .string({ error: "Write a time zone, as in Europe/Berlin." })
  .trim()
  .max(60)
  .refine(isZone, "Write a time zone, as in Europe/Berlin.");

function isZone(name: string) {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** "jpg, PNG .pdf": any separators; kept in one form. */
const extensions = z
  .string()
  .transform((text) => [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,.;]+/)
        .filter(Boolean),
    ),
  ])
  .refine((list) => list.length > 0 && list.every((one) => ALL_EXTENSIONS.includes(one)), {
    error: `Write some of: ${ALL_EXTENSIONS.join(", ")}.`,
  })
  .transform((list) => list.join(", "));

/** What an admin may change while the program runs. All times are seconds; 0 switches a rule off. */
export const settingsInput = z.object({
  /** Chats that an agent without a number of their own answers at a time. */
  maxChats: whole(1, 1_000),
  /** Waiting chats go to agents by themselves; otherwise agents take them. */
  autoAssign: yesNo,
  /** Before the chats of an agent whose every connection is gone go back to the queue. */
  graceSeconds: whole(0, 3_600),
  /** Before a chat that its agent has not answered goes to the next one. */
  noAnswerSeconds: whole(0, 86_400),
  /** Without input, before an online agent counts as away. */
  awayAfterSeconds: whole(0, 86_400),
  /** Without a message from anybody, before a chat ends. */
  idleTimeoutSeconds: whole(0, 604_800),
  /** How long before that end both sides are warned. */
  idleWarningSeconds: whole(0, 3_600),
  /** How far back the estimate of the waiting time looks. */
  estimateWindowSeconds: whole(60, 86_400),
  /** Agents see what a customer types before it is sent, unless that customer refuses. */
  typingPreview: yesNo,
  /** The largest file, in millions of bytes. */
  fileMaxMegabytes: whole(1, 1_000),
  /** What may be attached: extensions out of files/file-types.ts. */
  fileTypes: extensions,
  filesPerMessage: whole(1, 20),
  filesPerChatAndDay: whole(1, 10_000),
  /** For all that a customer uploaded. */
  fileQuotaCustomerMegabytes: whole(0, 1_000_000),
  /** For all files of everybody. */
  fileQuotaTotalMegabytes: whole(0, 100_000_000),
  /** Where there is a virus scanner and it does not answer. */
  scanUnreachable: z.enum(["refuse", "allow"], { error: "Write refuse or allow." }),
  /** Staff without a second factor enrol one before anything else. */
  requireSecondFactor: yesNo,
  /** IANA name: where the organisation's days and hours begin. */
  timeZone: zone,
  /** A chat that ended because nobody wrote asks for a rating too. */
  rateAfterIdle: yesNo,
  /** Agents may read the chats of their colleagues. */
  agentsSeeAll: yesNo,
  /** What whoever has not chosen reads: their browser's language, or one for all. */
  language: z.enum(["browser", ...LANGUAGE_CODES], { error: "Choose one of the languages." }),
  /** Ended chats go after so many days, and customers of whom nothing is left. */
  retentionDays: whole(0, 36_500),
  /** Rows of the log go after so many days. */
  activityRetentionDays: whole(0, 36_500),
  /** Customers may erase their own ended chats. */
  customersErase: yesNo,
  /** Office hours are kept; otherwise it is always open. */
  hoursOn: yesNo,
  ...organisationShape,
});

export type Settings = z.infer<typeof settingsInput>;

export const defaultSettings = (): Settings => ({
  maxChats: env().MAX_CHAT_PER_CS,
  autoAssign: env().AUTO_ASSIGN_ENABLED,
  graceSeconds: 60,
  noAnswerSeconds: 0,
  awayAfterSeconds: 600,
  idleTimeoutSeconds: env().CHAT_IDLE_TIMEOUT,
  idleWarningSeconds: 120,
  estimateWindowSeconds: 900,
  typingPreview: false,
  fileMaxMegabytes: 25,
  fileTypes: ALL_EXTENSIONS.join(", "),
  filesPerMessage: 10,
  filesPerChatAndDay: 100,
  fileQuotaCustomerMegabytes: 500,
  fileQuotaTotalMegabytes: 20_000,
  scanUnreachable: "refuse",
  requireSecondFactor: false,
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  rateAfterIdle: false,
  agentsSeeAll: false,
  language: "browser",
  retentionDays: 0,
  activityRetentionDays: 0,
  customersErase: false,
  hoursOn: false,
  ...organisationDefaults,
});

/** News of a change may be lost; settings older than this are read again. */
const MAX_AGE_MS = 30_000;
const row = z.object({ key: z.string(), value: z.unknown() });

let cached: { settings: Settings; at: number } | null = null;
let lastKnown: Settings | null = null;
let changes = 0;
let watching = false;

/** The settings in force, from memory unless they changed; while the database is away, those that were last heard of. */
export async function settings(): Promise<Settings> {
  watchForChanges();
  if (cached && performance.now() - cached.at < MAX_AGE_MS) return cached.settings;
  const [at, known] = [performance.now(), changes];
  try {
    const read = await readSettings();
    lastKnown = read;
    // What changed while we read may be missing from what we read.
    if (known === changes) cached = { settings: read, at };
    return read;
  } catch (error) {
    if (lastKnown && isOutage(error)) return lastKnown;
    throw error;
  }
}

/** As they were a moment ago, without asking the database; null before the first time. */
export const knownSettings = (): Settings | null => lastKnown;

function watchForChanges() {
  if (watching) return;
  watching = true;
  heard.on("news", (news) => {
    if (news.settings) forget();
  });
}

function forget() {
  changes++;
  cached = null;
}

/** A value of another version of the program counts as not set. */
async function readSettings(): Promise<Settings> {
  const found: Partial<Settings> = {};
  const one = settingsInput.partial();
  for (const { key, value } of await many(row, sql`select key, value from settings`)) {
    const known = one.safeParse({ [key]: value });
    if (known.success) Object.assign(found, known.data);
  }
  return { ...defaultSettings(), ...found };
}

/** Changes settings for all instances, without a restart; what changed is logged with before and after. @throws NotAllowed */
export async function changeSettings(admin: Staff, next: Partial<Settings>): Promise<void> {
  if (admin.role !== "admin") throw new NotAllowed("Only admins change settings.");
  const before = await readSettings();
  const changed = (Object.keys(next) as (keyof Settings)[]).filter((key) => !isDeepStrictEqual(next[key], before[key]));
  if (changed.length === 0) return;
  await transaction(async (tx) => {
    for (const key of changed) {
      await exec(
        sql`
          insert into settings (key, value, updated_by) values (${key}, ${JSON.stringify(next[key])}::jsonb, ${admin.userId})
          on conflict (key) do update set value = excluded.value, updated_by = excluded.updated_by, updated_at = now()`,
        tx,
      );
      const details = { before: before[key], after: next[key] };
      await logActivity(admin.userId, "setting.changed", key, details, tx);
    }
  });
  forget();
  publish({ settings: true });
}

const changeRow = z.object({
  key: z.string(),
  name: z.string().nullable(),
  at: z.date().transform((at) => at.toISOString()),
});

/** Who changed which setting last, newest first. @throws NotAllowed */
export async function settingChanges(admin: Staff) {
  if (admin.role !== "admin") throw new NotAllowed("Only admins change settings.");
  return many(
    changeRow,
    sql`
      select s.key, u.name, s.updated_at as at from settings s left join users u on u.id = s.updated_by
      order by s.updated_at desc, s.key`,
  );
}
