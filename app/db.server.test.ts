import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { dumpSchema } from "../scripts/schema.mjs";
import { db, exec, many, maybeOne, one, sql, transaction } from "./db.server";
import { migrate } from "./migrate.server";
import { cloneDatabase, freshDatabase } from "./testing/database.server";

beforeAll(freshDatabase);

describe("sql", () => {
  test("turns values into parameters, never into text", () => {
    const { text, values } = sql`select ${1}, ${"'; drop table users"}`;
    expect(text).toBe("select $1, $2");
    expect(values).toEqual([1, "'; drop table users"]);
  });

  test("nests fragments and counts their parameters on", () => {
    const mine = sql`owner = ${7} and name = ${"x"}`;
    const { text, values } = sql`select 1 where a = ${1} and ${mine} and b = ${2}`;
    expect(text).toBe("select 1 where a = $1 and owner = $2 and name = $3 and b = $4");
    expect(values).toEqual([1, 7, "x", 2]);
  });

  test("a fragment used twice keeps its own parameters", () => {
    const same = sql`${"y"}`;
    expect(sql`select ${same}, ${same}`.text).toBe("select $1, $2");
  });
});

describe("rows", () => {
  const number = z.object({ n: z.number() });

  test("are checked against their shape", async () => {
    expect(await many(number, sql`select n::bigint as n from generate_series(1, 2) n`)).toEqual([{ n: 1 }, { n: 2 }]);
    await expect(many(number, sql`select 'one' as n`)).rejects.toThrow(z.ZodError);
  });

  test("one insists on a row, maybeOne does not", async () => {
    expect(await maybeOne(number, sql`select 1 as n where false`)).toBeNull();
    await expect(one(number, sql`select 1 as n where false`)).rejects.toThrow("expected a row from: select 1");
  });

  test("exec tells how many rows it touched", async () => {
    expect(await exec(sql`insert into settings (key, value) values (${"colour"}, ${'"teal"'})`)).toBe(1);
    expect(await exec(sql`delete from settings where key = ${"colour"}`)).toBe(1);
  });
});

test("a transaction that throws leaves nothing, and gives its connection back", async () => {
  const failing = transaction(async (tx) => {
    await exec(sql`insert into settings (key, value) values ('half', '1')`, tx);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await maybeOne(z.object({}), sql`select from settings where key = 'half'`)).toBeNull();
  expect(db().idleCount).toBe(db().totalCount);
});

describe("migrate", () => {
  test("finds nothing to do on a migrated database", async () => {
    expect(await migrate()).toEqual([]);
  });

  test("applies new files in order, once, also when several copies start together", async () => {
    const folder = await migrationsWith({
      "9001_later.sql": "alter table first_one add column b int;",
      "9000_first.sql": "create table first_one (a int);",
    });
    const added = await Promise.all([migrate(folder), migrate(folder), migrate(folder)]);
    expect(added.flat()).toEqual(["9000_first.sql", "9001_later.sql"]);
  });

  test("a file that fails leaves nothing of itself and is named", async () => {
    const folder = await migrationsWith({ "9002_broken.sql": "create table broken (a int); select nonsense;" });
    await expect(migrate(folder)).rejects.toThrow("sql/migrations/9002_broken.sql: ");
    expect(await maybeOne(z.object({}), sql`select from pg_tables where tablename = 'broken'`)).toBeNull();
  });

  test("an applied file that was edited is refused by name", async () => {
    const folder = await migrationsWith({ "9000_first.sql": "create table first_one (a text);" });
    await expect(migrate(folder)).rejects.toThrow("sql/migrations/9000_first.sql was edited after it was applied");
  });

  async function migrationsWith(files: Record<string, string>) {
    const folder = await mkdtemp(join(tmpdir(), "heradesk-migrations-"));
    await cp("sql/migrations", folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    folders.push(folder);
    return folder;
  }
  const folders: string[] = [];
  beforeAll(() => async () => {
    for (const folder of folders) await rm(folder, { recursive: true });
  });
});

describe("sql/schema.sql", () => {
  test("is what the migrations make (else: npm run db:dump)", async () => {
    expect(await dumpOf(await cloneDatabase())).toBe(await readFile("sql/schema.sql", "utf8"));
  });

  test("makes the same database again", async () => {
    const written = await readFile("sql/schema.sql", "utf8");
    expect(await dumpOf(await cloneDatabase({ empty: true }), written)).toBe(written);
  });

  async function dumpOf({ url, drop }: { url: string; drop: () => Promise<void> }, load = "") {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(load);
      return await dumpSchema(client);
    } finally {
      await client.end();
      await drop();
    }
  }
});

test("a NUL, which PostgreSQL has not, is no fault of ours", () => {
  expect(sql`select ${"a\0b"}, ${Buffer.from("a\0b")}`.values).toEqual(["ab", Buffer.from("a\0b")]);
});
