export interface PostgresOptions {
  dataDir: string;
  settings?: Record<string, string>;
  onExit?: (error: Error) => void;
  onMove?: (line: string) => void;
}

export interface Postgres {
  readonly dataDir: string;
  /** PostgreSQL's own folder, below dataDir as a rule. */
  readonly folder: string;
  /** postgres://… of the database `heradesk`; its port stays the same over a restart. */
  readonly url: string;
  /** Process id of the main process, null while it is down. */
  readonly pid: number | null;
  /** Does nothing when it runs already; waits for one that is going down. */
  start(): Promise<void>;
  /** `immediate` is a crash: the next start recovers from the log. */
  stop(mode?: "fast" | "immediate" | "smart"): Promise<void>;
  restart(mode?: "fast" | "immediate" | "smart"): Promise<void>;
  /** For fault runs, as SIGKILL, SIGSTOP, SIGCONT; an end by it is not reported to `onExit`. */
  signal(name: NodeJS.Signals): void;
}

export function startPostgres(options: PostgresOptions): Promise<Postgres>;
export function borrowPostgres(options: PostgresOptions): Promise<{ url: string; stop(): Promise<void> }>;
export function openDataDir(dataDir: string): string;
