import { beforeAll, expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { customerInChat, visitor } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { NotFound } from "./errors";
import { readTranscript } from "./transcript.server";

beforeAll(freshDatabase);

test("a transcript is the whole chat in order, without what is for staff", async () => {
  const { customer, chatId } = await customerInChat("First");
  await exec(sql`
    insert into messages (session_id, seq, sender_type, visibility, content)
    select ${chatId}, n, 'customer', case when n % 100 = 0 then 'staff' else 'all' end, 'Line ' || n
    from generate_series(2, 450) n`);
  const { chat, messages } = await readTranscript(customer, chatId);
  expect(chat.id).toBe(chatId);
  expect(messages).toHaveLength(450 - 4);
  expect(messages[0]?.content).toBe("First");
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map(({ seq }) => seq).sort((a, b) => a - b));
  expect(messages.some(({ seq }) => seq % 100 === 0)).toBe(false);
});

test("somebody else's transcript is not there", async () => {
  const { chatId } = await customerInChat("Mine");
  await expect(readTranscript(await visitor(), chatId)).rejects.toThrow(NotFound);
  await expect(readTranscript(await visitor(), "no-id")).rejects.toThrow(NotFound);
});
