import pg from "pg";

/** Cuts everybody off a database, so that only this can let them in again. @returns how to do that */
export async function databaseAway(databaseUrl: string): Promise<() => Promise<void>> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  const server = new pg.Client({ connectionString: url.href });
  await server.connect();
  await server.query(`alter database ${name} with allow_connections false`);
  await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  let isBack = false;
  return async () => {
    if (isBack) return;
    isBack = true;
    await server.query(`alter database ${name} with allow_connections true`);
    await server.end();
  };
}
