import { expect, test } from "vitest";
import { HeldNews } from "./held-news";
import { emptyNews, type Signal } from "./news";

const about = (chat: string, seq = 1) => ({ ...emptyNews(), chats: new Map([[chat, seq]]) });
const SECOND = 1_000;

test("what was held back is given once, each chat with its newest seq, and no signals", () => {
  const held = new HeldNews();
  held.keep({ ...about("a", 7), signals: [{} as Signal] }, 100 * SECOND);
  held.keep({ ...about("a", 5), queue: true }, 101 * SECOND);
  expect(held.take()).toEqual({ ...about("a", 7), queue: true });
  expect(held.take()).toEqual(emptyNews());
});

test("news are held back for ten seconds at least, and not for ever", () => {
  const held = new HeldNews();
  held.keep(about("early"), 100 * SECOND);
  held.keep(about("middle"), 109 * SECOND);
  held.keep(about("late"), 118 * SECOND);
  expect([...held.take().chats.keys()]).toEqual(["early", "middle", "late"]);

  held.keep(about("early"), 200 * SECOND);
  held.keep(about("late"), 215 * SECOND);
  held.keep(about("later"), 226 * SECOND);
  expect([...held.take().chats.keys()]).toEqual(["late", "later"]);

  held.keep(about("long ago"), 300 * SECOND);
  held.keep(about("now"), 400 * SECOND);
  expect([...held.take().chats.keys()]).toEqual(["now"]);
});
