import { z } from "zod";

/** `15m`, `7d`, `900` (seconds) -> seconds. */
const duration = z
  .string()
  .regex(/^\d+[smhd]?$/, "write a number with s, m, h or d behind it, as in 15m")
  .transform((text) => {
    const seconds = { s: 1, m: 60, h: 3600, d: 86_400 }[text.slice(-1)] ?? 1;
    return Number.parseInt(text, 10) * seconds;
  });

const flag = z.enum(["true", "false"], { error: "write true or false" }).transform((v) => v === "true");
const whole = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d+$/, `write a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((n) => n >= low && n <= high, `write a whole number from ${low} to ${high}`);
const postgres = z.string().regex(/^postgres(ql)?:\/\//, "write it as postgres://user:password@host:5432/name");

const origins = z.string().transform((text, context) =>
  text.split(",").map((part) => {
    const url = URL.parse?.(part.trim()) ?? tryUrl(part.trim());
    if (!url || !/^https?:$/.test(url.protocol)) {
      context.addIssue(`"${part.trim()}" is not an origin: write it as https://chat.example.com`);
      return "";
    }
    return url.origin;
  }),
);

const schema = z.object({
  PORT: whole(0, 65_535).default(3002),
  HOST: z.string().default("127.0.0.1"),
  NODE_ENV: z
    .enum(["development", "production", "test"], { error: "write development or production" })
    .default("development"),
  DATABASE_URL: postgres.optional(),
  DATABASE_LISTEN_URL: postgres.optional(),
  JWT_SECRET: z.string().optional(),
  JWT_EXPIRES_IN: duration.default(900),
  JWT_REFRESH_EXPIRES_IN: duration.default(604_800),
  S3_ENDPOINT: z.url({ error: "write it as https://s3.example.com" }).optional(),
  S3_REGION: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag.optional(),
  S3_PUBLIC_URL: z.url({ error: "write it as https://files.example.com" }).optional(),
  CLAMAV_HOST: z
    .string()
    .regex(/^[\w.-]+(:\d{1,5})?$/, "write it as clamav or clamav:3310")
    .optional(),
  MAX_CHAT_PER_CS: whole(1, 1000).default(5),
  AUTO_ASSIGN_ENABLED: flag.default(true),
  CHAT_IDLE_TIMEOUT: whole(0, 604_800).default(1800),
  ADMIN_USERNAME: z.string().optional(),
  ADMIN_PASSWORD: z.string().optional(),
  APP_ORIGIN: origins.optional(),
  TRUST_PROXY: whole(0, 100).default(0),
  RATE_LIMIT_FACTOR: z.coerce.number({ error: "write a number, 0 for no limits" }).min(0).default(1),
  /** Of this copy's time, at most: 0 leaves the index of what was said to the other copies. */
  SEARCH_INDEX_SHARE: z.coerce
    .number({ error: "write a number from 0 to 1" })
    .min(0, "write a number from 0 to 1")
    .max(1, "write a number from 0 to 1")
    .default(0.1),
  METRICS_PORT: whole(0, 65_535).optional(),
  DATA_DIR: z.string().default(".data"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "write fatal, error, warn, info, debug, trace or silent",
    })
    .default("info"),
  /** Set by the start script when it brought its own database: loopback only, demo accounts allowed. */
  LOCAL_TRIAL: flag.default(false),
});

export type Env = z.infer<typeof schema>;

export class EnvError extends Error {}

/**
 * Reads and checks the environment; empty strings count as unset.
 * @throws EnvError with one line for each wrong variable: its name, what is wrong, what to write.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("\n"));
  }
  const problems = [...s3Problems(parsed.data), ...deploymentProblems(parsed.data)];
  if (problems.length > 0) throw new EnvError(problems.join("\n"));
  return parsed.data;
}

export const ENV_NAMES = Object.keys(schema.shape);

function s3Problems(env: Env) {
  const group = ["S3_ENDPOINT", "S3_REGION", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"] as const;
  const missing = group.filter((name) => env[name] === undefined);
  if (missing.length === 0 || missing.length === group.length) return [];
  return [`${missing.join(", ")}: missing, while other S3_ variables are set; set all of them or none`];
}

const EXAMPLE_SECRETS = /change.?me|example|secret|your|default|123456/i;

function deploymentProblems(env: Env) {
  if (!env.DATABASE_URL) return ["DATABASE_URL: missing; `npm start` brings a database when it is not set"];
  if (!env.JWT_SECRET) return ["JWT_SECRET: missing; write 32 random bytes, as from `openssl rand -hex 32`"];
  if (env.LOCAL_TRIAL || env.NODE_ENV !== "production") return [];
  const problems: string[] = [];
  if (Buffer.byteLength(env.JWT_SECRET) < 32 || EXAMPLE_SECRETS.test(env.JWT_SECRET)) {
    problems.push("JWT_SECRET: too short or an example; write 32 random bytes, as from `openssl rand -hex 32`");
  }
  if (new Set(env.JWT_SECRET).size < 8) {
    problems.push("JWT_SECRET: the same few characters again and again; write 32 random bytes");
  }
  if (!env.APP_ORIGIN) {
    problems.push("APP_ORIGIN: missing; write the address people open, as in https://chat.example.com");
  }
  return problems;
}

/** What a deployment may do but should know of, a line each. */
export function startWarnings(env: Env): string[] {
  const warnings = [];
  if (env.RATE_LIMIT_FACTOR === 0)
    warnings.push("RATE_LIMIT_FACTOR: 0, so that nobody is kept from guessing passwords");
  if (env.LOCAL_TRIAL || env.NODE_ENV !== "production") return warnings;
  const plain = env.APP_ORIGIN?.filter((origin) => origin.startsWith("http:")) ?? [];
  if (plain.length > 0) warnings.push(`APP_ORIGIN: ${plain.join(", ")} carries passwords and cookies for all to read`);
  return warnings;
}

function tryUrl(text: string) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

let cached: Env | undefined;

/** The checked environment of this process, read once, at first use. */
export function env(): Env {
  return (cached ??= readEnv(process.env));
}
