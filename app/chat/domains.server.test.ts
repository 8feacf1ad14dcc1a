import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";

beforeAll(freshDatabase);

const CHAT = {
  status: ["gone", "Waiting", ""],
  end_reason: ["bored"],
  customer_name: ["n".repeat(81)],
  customer_email: ["e".repeat(255)],
  source_url: ["u".repeat(2_001)],
  user_agent: ["a".repeat(401)],
  time_zone: ["z".repeat(61)],
  rating_feedback: ["f".repeat(2_001)],
  rating: [0, 6],
};
const MESSAGE = {
  sender_type: ["robot"],
  message_type: ["video"],
  visibility: ["some"],
  content: ["c".repeat(10_001)],
  client_id: ["", "i".repeat(65)],
};
const cases = (columns: Record<string, unknown[]>) =>
  Object.entries(columns).flatMap(([column, values]) => values.map((value) => ({ column, value })));

describe("what a chat and a message cannot be", () => {
  test.each(cases(CHAT))("a chat with $column $value", async ({ column, value }) => {
    const { chatId } = await customerInChat();
    const change = db().query(`update chat_sessions set ${column} = $2 where id = $1`, [chatId, value]);
    await expect(change).rejects.toMatchObject({ code: "23514" });
  });

  test.each(cases(MESSAGE))("a message with $column $value", async ({ column, value }) => {
    const { chatId } = await customerInChat();
    const change = db().query(`update messages set ${column} = $2 where session_id = $1`, [chatId, value]);
    await expect(change).rejects.toMatchObject({ code: "23514" });
  });
});
