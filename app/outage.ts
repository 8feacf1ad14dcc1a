/** Seconds after which another try may find the database again. */
export const OUTAGE_RETRY_SECONDS = 2;

/**
 * Worth another try: PostgreSQL ending the connection, going away or short of something (classes 08, 53, 57), a standby
 * (25006), a deadlock or conflict (40); or the connection itself, whose errors have a system code, or in the driver none
 * at all.
 */
export function isOutage(error: unknown) {
  const { code = "", severity } = error as { code?: string; severity?: string };
  if (severity === "FATAL") return true;
  if (/^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) return /^(08|53|57|25006|40)/.test(code);
  if (code) return /^E[A-Z]+$/.test(code);
  return error instanceof Error && /connection|timeout/i.test(error.message);
}
