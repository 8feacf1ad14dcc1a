import { beforeAll, expect, test } from "vitest";
import { customerInChat } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { Hub } from "./hub.server";

beforeAll(freshDatabase);

test("who is still being given what came before has lost nothing: the sweep leaves that chat out", async () => {
  const { chatId } = await customerInChat("Ann");
  const hub = new Hub();
  const caughtUp = new Promise<number>((resolve) => {
    hub.follow(chatId, { cursor: 0, behind: true, paused: false, deliver: () => true, caughtUp: resolve });
  });
  expect(hub.heads()).toEqual(new Map());
  const seq = await caughtUp;
  expect(seq).toBeGreaterThan(0);
  expect(hub.heads()).toEqual(new Map([[chatId, seq]]));
});
