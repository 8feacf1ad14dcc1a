import type { Postgres } from "./postgres.mjs";

/** A PostgreSQL for tests, quick and forgetful; `discard` stops it and deletes its folder. */
export function startTestPostgres(settings?: Record<string, string>): Promise<Postgres & { discard(): Promise<void> }>;
