import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Staff } from "~/auth/actor";
import { staffOfSession } from "~/auth/auth-session.server";
import { signIn } from "~/auth/login.server";
import { claimChat } from "~/chat/claim-chat.server";
import { parse } from "~/chat/parse";
import { exec, many, one, sql } from "~/db.server";
import { pictureOrigins, readPictureOrigins } from "~/settings/picture-origins.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { disableUser, enableUser, endAllSignIns } from "./disable-user.server";
import { createUser, updateUser } from "./edit-user.server";
import { findUser, listUsers, userFilter } from "./list-users.server";
import { accountOfReset, allowReset, resetPassword } from "./reset-password.server";
import { userInput } from "./user-input.server";

let root: Staff;
let ada: Staff;
let nth = 0;
beforeAll(freshDatabase);
beforeEach(async () => {
  nth++;
  root = await hire(`root${nth}`, "admin");
  ada = await hire(`ada${nth}`, "cs", 5);
});

const person = (over: object = {}) =>
  parse(userInput, { name: "Ben Ray", username: `ben${nth}`, role: "cs", maxChats: "", avatarUrl: "", ...over });
const stillIn = async ({ sid, userId }: Staff) => (await staffOfSession(sid, userId)) !== null;

describe("who is in the team", () => {
  test("somebody new is there, cannot sign in before they chose a password, and is found by search and filters", async () => {
    const id = await createUser(root, person());
    expect(await findUser(root, id)).toMatchObject({
      name: "Ben Ray",
      role: "cs",
      maxChats: null,
      limit: 5,
      signIns: 0,
    });
    const find = async (filter: object) =>
      (await listUsers(root, userFilter.parse(filter))).users.map(({ username }) => username);
    expect(await find({ search: `BEN${nth}` })).toEqual([`ben${nth}`]);
    expect(await find({ search: "%" })).toEqual([]);
    await exec(sql`update users set name = 'Clementine Harrow' where username = ${`ben${nth}`}`);
    expect(await find({ search: "Clemntine Harow" })).toEqual([`ben${nth}`]);
    expect(await find({ search: "Klemmtine" })).toEqual([]);
    expect(await find({ search: `ben${nth}`, role: "admin" })).toEqual([]);
    await atDesk(ada);
    expect(await find({ status: "online", search: `ada${nth}` })).toEqual([`ada${nth}`]);
    expect(await find({ status: "disabled", search: `ada${nth}` })).toEqual([]);
    expect(await find({ status: "nonsense", page: "-1", search: `ada${nth}` })).toEqual([`ada${nth}`]);
    await expect(
      signIn({ username: `ben${nth}`, password: "none" }, { ip: null, userAgent: null }, null),
    ).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
  });

  test.each([
    [{ username: "Ada Lee" }, "username"],
    [{ username: "" }, "username"],
    [{ username: ".ada" }, "username"],
    [{ username: "a".repeat(41) }, "username"],
    [{ name: " \u0000 " }, "name"],
    [{ name: "n".repeat(81) }, "name"],
    [{ role: "owner" }, "role"],
    [{ maxChats: "-1" }, "maxChats"],
    [{ maxChats: "1001" }, "maxChats"],
    [{ maxChats: 1.5 }, "maxChats"],
    [{ avatarUrl: "javascript:alert(1)" }, "avatarUrl"],
    [{ avatarUrl: "https://me:secret@example.com/a.png" }, "avatarUrl"],
    [{ avatarUrl: "/pictures/../admin" }, "avatarUrl"],
  ])("%j is refused beside its field", (over, field) => {
    expect(() => person(over)).toThrow(
      expect.objectContaining({ details: { fields: { [field]: expect.any(String) } } }),
    );
  });

  test("a username is one person's, whatever its case", async () => {
    await createUser(root, person());
    const taken = { details: { fields: { username: `ben${nth} is taken.` } } };
    await expect(createUser(root, person({ username: ` BEN${nth} ` }))).rejects.toMatchObject(taken);
    await expect(updateUser(root, ada.userId, { username: `ben${nth}` })).rejects.toMatchObject(taken);
  });

  test("what is changed holds with the next request, and is logged with before and after", async () => {
    await updateUser(root, ada.userId, { name: "Ada Two", username: `ada-two${nth}`, role: "admin", maxChats: 9 });
    expect(await staffOfSession(ada.sid, ada.userId)).toMatchObject({
      name: "Ada Two",
      username: `ada-two${nth}`,
      role: "admin",
    });
    const [entry] = await many(
      z.object({ details: z.unknown() }),
      sql`select details from activity_logs where action = 'user.changed' order by id desc limit 1`,
    );
    expect(entry?.details).toEqual({
      before: { name: `Ada${nth}`, username: `ada${nth}`, role: "cs", maxChats: 5 },
      after: { name: "Ada Two", username: `ada-two${nth}`, role: "admin", maxChats: 9 },
    });
  });

  test("only sites with somebody's picture may be asked for pictures", async () => {
    await updateUser(root, ada.userId, { avatarUrl: `https://faces${nth}.example/ada.png?x` });
    await readPictureOrigins();
    expect(pictureOrigins()).toContain(`https://faces${nth}.example`);
    await updateUser(root, ada.userId, { avatarUrl: null });
    await readPictureOrigins();
    expect(pictureOrigins()).not.toContain(`https://faces${nth}.example`);
  });

  test.each([
    ["an agent", () => ada],
    [
      "an admin who was demoted meanwhile",
      async () => {
        const was = await hire(`was${nth}`, "admin");
        await updateUser(root, was.userId, { role: "cs" });
        return was;
      },
    ],
  ])("%s changes nobody", async (_, who) => {
    const actor = await who();
    const refused = { code: "NOT_ALLOWED" };
    await expect(createUser(actor, person())).rejects.toMatchObject(refused);
    await expect(updateUser(actor, ada.userId, { role: "admin" })).rejects.toMatchObject(refused);
    await expect(disableUser(actor, root.userId)).rejects.toMatchObject(refused);
    await expect(enableUser(actor, root.userId)).rejects.toMatchObject(refused);
    await expect(endAllSignIns(actor, root.userId)).rejects.toMatchObject(refused);
    await expect(allowReset(actor, root.userId)).rejects.toMatchObject(refused);
    if (actor === ada) await expect(listUsers(actor, userFilter.parse({}))).rejects.toMatchObject(refused);
  });
});

describe("the last admin stays", () => {
  test("nobody disables or demotes themselves", async () => {
    await expect(disableUser(root, root.userId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(updateUser(root, root.userId, { role: "cs" })).rejects.toMatchObject({
      details: { fields: { role: expect.any(String) } },
    });
    expect(await stillIn(root)).toBe(true);
  });

  test.each(["disable", "demote"])("of two who %s each other at the same moment, one stays", async (how) => {
    for (let i = 0; i < 10; i++) {
      const [one, two] = [await hire(`one${nth}-${i}`, "admin"), await hire(`two${nth}-${i}`, "admin")];
      await exec(
        sql`update users set disabled_at = now() where role = 'admin' and id not in (${one.userId}, ${two.userId})`,
      );
      const act = (by: Staff, whom: Staff) =>
        how === "disable" ? disableUser(by, whom.userId) : updateUser(by, whom.userId, { role: "cs" });
      const done = await Promise.allSettled([act(one, two), act(two, one)]);
      expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await enabledAdmins()).toBe(1);
    }
  });
});

const enabledAdmins = async () =>
  (
    await one(
      z.object({ n: z.number() }),
      sql`select count(*)::integer as n from users where role = 'admin' and disabled_at is null`,
    )
  ).n;

describe("who leaves", () => {
  async function withChats() {
    await exec(sql`update cs_status set status = 'offline'`);
    await atDesk(ada);
    const chats = [await customerInChat(), await customerInChat()];
    for (const { chatId } of chats) await claimChat(ada, chatId).catch(() => {});
    return chats.map(({ chatId }) => chatId);
  }
  const whereAre = (ids: string[]) =>
    many(
      z.object({ status: z.string(), cs_id: z.number().nullable(), returned: z.boolean() }),
      sql`select status, cs_id, returned from chat_sessions where id = any (${ids}::uuid[])`,
    );

  test.each([
    ["disabled", () => disableUser(root, ada.userId)],
    [
      "demoted",
      async () => {
        await exec(sql`update users set role = 'admin' where id = ${ada.userId}`);
        await updateUser(root, ada.userId, { role: "cs" });
      },
    ],
  ])("%s: their sign-ins end and their chats go to the head of the queue at once", async (_, leave) => {
    const ids = await withChats();
    expect(await whereAre(ids)).toEqual(ids.map(() => ({ status: "active", cs_id: ada.userId, returned: false })));
    await leave();
    expect(await whereAre(ids)).toEqual(ids.map(() => ({ status: "waiting", cs_id: null, returned: true })));
    expect(await stillIn(ada)).toBe(false);
    await exec(
      sql`update chat_sessions set status = 'resolved', ended_at = now(), end_reason = 'admin' where ended_at is null`,
    );
  });

  test("somebody enabled again comes in with the password they had; signing out everywhere ends what is open", async () => {
    await disableUser(root, ada.userId);
    await disableUser(root, ada.userId);
    await enableUser(root, ada.userId);
    expect(await findUser(root, ada.userId)).toMatchObject({ disabledAt: null, status: "offline" });
    const again = await hire(`again${nth}`);
    expect(await endAllSignIns(root, again.userId)).toBe(1);
    expect(await stillIn(again)).toBe(false);
  });
});

describe("a link for a new password", () => {
  const from = { ip: null, userAgent: null };

  test("works once, ends every sign-in, and an older link is worth nothing", async () => {
    const [old, token] = [await allowReset(root, ada.userId), await allowReset(root, ada.userId)];
    await expect(accountOfReset(old)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await accountOfReset(token)).toMatchObject({ username: `ada${nth}` });
    expect(await stillIn(ada)).toBe(true);
    await expect(resetPassword(token, "short", null)).rejects.toMatchObject({
      details: { fields: { password: expect.any(String) } },
    });
    const tries = await Promise.allSettled([
      resetPassword(token, "the first of two words", null),
      resetPassword(token, "the second of two words", null),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await stillIn(ada)).toBe(false);
    const password = tries[0]?.status === "fulfilled" ? "the first of two words" : "the second of two words";
    expect((await signIn({ username: ada.username, password }, from, null)).user.id).toBe(ada.userId);
  });

  test("ends after a day, and when the account is disabled", async () => {
    const token = await allowReset(root, ada.userId);
    await exec(sql`update password_resets set expires_at = now() where user_id = ${ada.userId}`);
    await expect(resetPassword(token, "a few quiet words", null)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const next = await allowReset(root, ada.userId);
    await disableUser(root, ada.userId);
    await expect(resetPassword(next, "a few quiet words", null)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(allowReset(root, ada.userId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(accountOfReset("no such token")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
