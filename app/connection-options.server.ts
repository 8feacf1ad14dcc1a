import { env } from "./env.server";

/** How every connection that serves people is opened; PostgreSQL gives up a statement after `limitMs`. */
export const connectionOptions = (limitMs: number) => ({
  connectionString: env().DATABASE_URL,
  connectionTimeoutMillis: 5_000,
  idle_in_transaction_session_timeout: 15_000,
  statement_timeout: limitMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  application_name: "heradesk",
});
