import { z } from "zod";

/** Short-lived, never stored: typing, read marks, who is there. */
export const signalSchema = z.object({
  sessionId: z.string(),
  kind: z.enum(["typing", "read", "presence", "viewing"]),
  side: z.enum(["customer", "cs"]),
  userId: z.number().nullable(),
  /** Who views it, of the staff. */
  name: z.string().optional(),
  isTyping: z.boolean().optional(),
  preview: z.string().optional(),
  isOnline: z.boolean().optional(),
  seq: z.number().optional(),
});

export type Signal = z.infer<typeof signalSchema>;

/**
 * What one instance tells the others to look at: ids only, never what was said (8,000-byte limit, and bodies would reach
 * logs). The one text is the beginning of what somebody types, where an admin has switched that on.
 */
export interface News {
  /** Chat id -> newest seq. */
  chats: Map<string, number>;
  /** Agents whose list of chats or status changed. */
  agents: Set<number>;
  queue: boolean;
  settings: boolean;
  /** Sign-ins that ended. */
  revoked: Set<string>;
  signals: Signal[];
}

export const emptyNews = (): News => ({
  chats: new Map(),
  agents: new Set(),
  queue: false,
  settings: false,
  revoked: new Set(),
  signals: [],
});

export function mergeNews(into: News, news: Partial<News>) {
  news.chats?.forEach((seq, id) => into.chats.set(id, Math.max(seq, into.chats.get(id) ?? 0)));
  news.agents?.forEach((id) => into.agents.add(id));
  news.revoked?.forEach((sid) => into.revoked.add(sid));
  news.signals?.forEach((signal) => into.signals.push(signal));
  into.queue ||= news.queue ?? false;
  into.settings ||= news.settings ?? false;
}

export const hasNews = ({ chats, agents, revoked, signals, queue, settings }: News) =>
  chats.size + agents.size + revoked.size + signals.length > 0 || queue || settings;

const wakeUp = z.object({
  from: z.string(),
  c: z.array(z.tuple([z.string(), z.number().int()])).optional(),
  a: z.array(z.number().int()).optional(),
  q: z.literal(1).optional(),
  s: z.literal(1).optional(),
  r: z.array(z.string()).optional(),
  g: z.array(signalSchema).optional(),
  /** Who hears it should say that they are there. */
  h: z.literal(1).optional(),
});

const ITEMS_IN_A_PAYLOAD = 40;

const LONGEST_PREVIEW = 200;
const MOST_BYTES = 7_000;

/** A wake-up without news: somebody is there. */
export const hello = (from: string, asks: boolean) => JSON.stringify({ from, ...(asks && { h: 1 }) });

/** @returns payloads of at most 8,000 bytes each: PostgreSQL takes no more. */
export function packWakeUps(from: string, news: News): string[] {
  const parts: object[] = [
    ...slices([...news.chats], ITEMS_IN_A_PAYLOAD * 3).map((c) => ({ c })),
    ...slices([...news.agents], ITEMS_IN_A_PAYLOAD * 10).map((a) => ({ a })),
    ...slices([...news.revoked], ITEMS_IN_A_PAYLOAD * 3).map((r) => ({ r })),
    ...bySize(news.signals.map(shortened), MOST_BYTES).map((g) => ({ g })),
  ];
  const first = { ...parts[0], ...(news.queue && { q: 1 }), ...(news.settings && { s: 1 }) };
  return [first, ...parts.slice(1)].map((part) => JSON.stringify({ from, ...part }));
}

/** @returns null for anything that is not ours: anybody with database access can write to a channel. */
export function readWakeUp(payload: unknown): { from: string; news: News; asks: boolean } | null {
  const parsed = wakeUp.safeParse(payload);
  if (!parsed.success) return null;
  const { from, c, a, q, s, r, g, h } = parsed.data;
  const news: News = {
    chats: new Map(c),
    agents: new Set(a),
    queue: q === 1,
    settings: s === 1,
    revoked: new Set(r),
    signals: g ?? [],
  };
  return { from, news, asks: h === 1 };
}

function slices<T>(items: T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < items.length; i += size) parts.push(items.slice(i, i + size));
  return parts;
}

function shortened(signal: Signal): Signal {
  return signal.preview === undefined ? signal : { ...signal, preview: signal.preview.slice(0, LONGEST_PREVIEW) };
}

function bySize<T>(items: T[], mostBytes: number): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes > room) {
      parts.push([]);
      room = mostBytes;
    }
    parts.at(-1)!.push(item);
    room -= bytes;
  }
  return parts;
}
