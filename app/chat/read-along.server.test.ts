import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Staff } from "~/auth/actor";
import { exec, sql } from "~/db.server";
import { findFile } from "~/files/read-file.server";
import { changeSettings, settings } from "~/settings/settings.server";
import { atDesk, customerInChat, hire } from "~/testing/cast.server";
import { freshDatabase } from "~/testing/database.server";
import { addNote } from "./add-note.server";
import { blockVisitor } from "./block-visitor.server";
import { claimChat } from "./claim-chat.server";
import { saveDraft } from "./drafts.server";
import { resolveChat } from "./end-chat.server";
import { findChat } from "./find-chat.server";
import { addLabel } from "./labels.server";
import { allChats } from "./list-chats.server";
import { latestMessages } from "./read-log.server";
import { searchChat } from "./search-chat.server";
import { sendMessage } from "./send-message.server";
import { transferChat } from "./transfer-chat.server";
import { visitorFacts } from "./visitor-facts.server";

beforeAll(freshDatabase);

let [ada, ben, root]: Staff[] = [];
let chatId: string;
const FILE = randomUUID();
beforeAll(async () => {
  [ada, ben, root] = [await hire("ada"), await hire("ben"), await hire("root", "admin")];
  await atDesk(ada, "busy");
  ({ chatId } = await customerInChat("Where is it?", "Ann"));
  await claimChat(ada, chatId);
  await exec(sql`
    insert into attachments (id, session_id, visitor_id, sender_type, storage, storage_key, name, type, size, sha256)
    select ${FILE}, id, visitor_id, 'customer', 'folder', ${FILE.replaceAll("-", "")}, 'receipt.pdf', 'application/pdf', 1, sha256('x'::bytea)
    from chat_sessions where id = ${chatId}`);
  await exec(
    sql`insert into message_attachments (attachment_id, session_id, seq, position) values (${FILE}, ${chatId}, 1, 0)`,
  );
});

const reads: [string, (staff: Staff) => Promise<unknown>][] = [
  ["the list of all", (staff) => allChats(staff)],
  ["the chat", (staff) => findChat(staff, chatId)],
  ["its messages", (staff) => latestMessages(staff, chatId)],
  ["a search in it", (staff) => searchChat(staff, chatId, "where")],
  ["its visitor", (staff) => visitorFacts(staff, chatId)],
  ["a file in it", (staff) => findFile(staff, FILE)],
];

const acts: [string, (staff: Staff) => Promise<unknown>][] = [
  ["answer", (staff) => sendMessage(staff, { sessionId: chatId, clientId: randomUUID(), content: "No" })],
  ["note", (staff) => addNote(staff, { sessionId: chatId, clientId: randomUUID(), content: "No" })],
  ["label", (staff) => addLabel(staff, { sessionId: chatId, name: "No" })],
  ["keep a draft", (staff) => saveDraft(staff, { sessionId: chatId, content: "No" })],
  ["hand over", (staff) => transferChat(staff, { sessionId: chatId, toCsId: root!.userId })],
  ["block", (staff) => blockVisitor(staff, chatId)],
  ["resolve", (staff) => resolveChat(staff, chatId)],
];

const allow = async (agentsSeeAll: boolean) => changeSettings(root!, { ...(await settings()), agentsSeeAll });

describe("a colleague's chat", () => {
  test.each(reads)("%s: an admin's always, an agent's only where the settings say so", async (_, read) => {
    await allow(false);
    await expect(read(root!)).resolves.toBeTruthy();
    await expect(read(ben!)).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|NOT_ALLOWED/) });
    await allow(true);
    await expect(read(ben!)).resolves.toBeTruthy();
  });

  test.each(acts)("whoever reads along cannot %s", async (_, act) => {
    await allow(true);
    await expect(act(ben!)).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|CONFLICT/) });
    expect(await findChat(ada!, chatId)).toMatchObject({ status: "active", csId: ada!.userId });
  });
});
