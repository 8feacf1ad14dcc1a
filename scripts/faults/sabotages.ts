/** A deliberate fault in the program, and the run that must find it. */
export interface Sabotage {
  name: string;
  /** Plays these faults, long form. */
  play: number[];
  /** At least one of these properties must be violated; another violation alone could be a coincidence. */
  caughtBy: string[];
  /** Each `from` must stand exactly once in its file. */
  patches: { file: string; from: string; to: string }[];
}

export const sabotages: Sabotage[] = [
  {
    name: "ack before commit",
    play: [1],
    caughtBy: ["C1"],
    patches: [
      {
        file: "app/chat/write-plainly.server.ts",
        from: `const { rows } = await lines.writer.query({ name: "write-plainly", text: WRITE_PLAINLY, values });`,
        to: `const { db } = await import("~/db.server");
  const client = await db().connect();
  await client.query("begin");
  const { rows } = await client.query({ name: "write-plainly", text: WRITE_PLAINLY, values });
  client.on("error", () => {});
  setTimeout(() => client.query("commit").then(() => client.release(), () => client.release(true)), 30);`,
      },
    ],
  },
  {
    name: "no unique key",
    play: [17],
    caughtBy: ["C1", "C4"],
    patches: [
      {
        file: "sql/migrations/0001_init.sql",
        from: "create unique index messages_client on messages",
        to: "create index messages_client on messages",
      },
    ],
  },
  {
    name: "global-id cursor",
    play: [36],
    caughtBy: ["C2", "C8"],
    patches: [
      {
        file: "app/realtime/hub.server.ts",
        from: "wanted.push({ sessionId, after, head: topic.head });",
        to: `{
        const fresh = [...topic.followers].some((f) => f.behind);
        wanted.push({ sessionId, after, head: topic.head, fresh } as Asked);
      }`,
      },
      {
        file: "app/realtime/hub.server.ts",
        from: "for (const row of rows) {\n      const topic",
        to: "for (const row of rows) {\n      globalCursor.move(row.created_at);\n      const topic",
      },
      {
        file: "app/realtime/hub.server.ts",
        from: `import { PAGE_SIZE, rowsAfter, type Wanted } from`,
        to: `import { globalCursor, PAGE_SIZE, rowsAfter, type Wanted } from`,
      },
      {
        file: "app/chat/read-log.server.ts",
        from: "select * from messages m where m.session_id = w.id and m.seq > w.after order by",
        to: "select * from messages m where m.session_id = w.id and m.seq > w.after and (w.fresh or m.created_at > ${globalCursor.at}) order by",
      },
      {
        file: "app/chat/read-log.server.ts",
        from: "from unnest(${wanted.map((w) => w.sessionId)}::uuid[], ${wanted.map((w) => w.after)}::integer[]) as w (id, after)",
        to: "from unnest(${wanted.map((w) => w.sessionId)}::uuid[], ${wanted.map((w) => w.after)}::integer[], ${wanted.map((w) => (w as { fresh?: boolean }).fresh ?? false)}::boolean[]) as w (id, after, fresh)",
      },
      {
        file: "app/chat/read-log.server.ts",
        from: "export const PAGE_SIZE = 200;",
        to: `export const PAGE_SIZE = 200;
export const globalCursor = {
  at: new Date(0),
  move(to: Date) {
    if (to > globalCursor.at) globalCursor.at = to;
  },
};`,
      },
    ],
  },
  {
    name: "no catch-up after LISTEN returns",
    play: [8],
    caughtBy: ["claim", "C2"],
    patches: [
      {
        file: "app/realtime/realtime.server.ts",
        from: "hub.catchUpAll();",
        to: "",
      },
    ],
  },
  {
    name: "no outbox",
    play: [1],
    caughtBy: ["outbox"],
    patches: [
      {
        file: "app/realtime/client/outbox.ts",
        from: "if (!(error instanceof Refused)) return Math.max(50, backoffMs(attempt++, timings));",
        to: "if (!(error instanceof Refused)) return (shelf.remove(message.clientId), options.onChange(), 0);",
      },
      {
        file: "app/realtime/client/outbox.ts",
        from: "shelf.put({ clientId: newId(), content,",
        to: "if (options.canSend()) shelf.put({ clientId: newId(), content,",
      },
    ],
  },
  {
    name: "presence without lease",
    play: [28],
    caughtBy: ["presence"],
    patches: [
      {
        file: "app/chat/record-assignment.server.ts",
        from: "when not exists (select 1 from cs_leases l where l.user_id = u.id and l.expires_at > now()) then 'gone'",
        to: "",
      },
      {
        file: "app/people/presence.server.ts",
        from: `where st.status = 'online' and st.away_at is null and u.disabled_at is null
    and exists (select 1 from cs_leases l where l.user_id = st.user_id and l.expires_at > now())`,
        to: "where st.status = 'online' and st.away_at is null and u.disabled_at is null",
      },
    ],
  },
];
