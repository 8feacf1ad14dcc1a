import { describe, expect, test } from "vitest";
import { exec, sql } from "~/db.server";
import { setStage } from "./stage";
import { choose, expectSaid, frameOf, say, startChat } from "./talk";

const stage = setStage();
const plain = { javaScriptEnabled: false };

describe("a chat goes to somebody else", () => {
  test("live: to a colleague with a line, pinned until it is answered; then back to the queue and on by an admin", async () => {
    const dewi = await stage.signIn("dewi");
    await choose(dewi, "Online");
    const ann = await stage.visit();
    await startChat(ann, "Where is my refund?", "Ann");
    await dewi.getByRole("link", { name: /Ann/ }).click();
    await dewi.getByRole("button", { name: "Hand over" }).click();
    await dewi.getByText("Nobody else is at the desk").waitFor();
    expect(await dewi.getByRole("dialog").getByRole("button").allInnerTexts()).toEqual(["", "Give back to the queue"]);
    const rosa = await stage.signIn("rosa");
    await choose(rosa, "Online");
    await dewi.getByRole("radio", { name: /Rosa/ }).check();
    await dewi.getByLabel("Hand-over line").fill("Paid twice, I checked");
    await dewi.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
    await dewi.waitForURL("**/cs");

    await rosa.getByRole("link", { name: /Ann/ }).click();
    await rosa.getByText("Handed over by Dewi", { exact: true }).waitFor();
    await rosa.getByText("Paid twice, I checked", { exact: true }).waitFor();
    await say(rosa, "It is on its way.");
    await rosa.getByText("Handed over by Dewi", { exact: true }).waitFor({ state: "detached" });
    await expectSaid(ann, ["You: Where is my refund?", "Rosa: It is on its way."]);
    expect(await ann.content()).not.toContain("Paid twice");

    await choose(dewi, "Busy");
    await rosa.getByRole("button", { name: "Hand over" }).click();
    await rosa.getByRole("button", { name: "Give back to the queue" }).click();
    await rosa.waitForURL("**/cs");
    await rosa.getByRole("link", { name: /^Queue/ }).click();
    await rosa.getByText("returned").waitFor();

    const root = await stage.signIn("root", { role: "admin" });
    await root.getByLabel("Assign Ann to").selectOption({ label: "Dewi · Busy · 0 of 5" });
    await root.getByRole("button", { name: "Assign" }).click();
    await root.getByText("Nobody waits.").waitFor();
    await dewi.getByRole("link", { name: /Ann/ }).click();
    await dewi.waitForURL("**/cs/chats/*");
    const address = dewi.url().replace("/cs/", "/admin/").replace(/\?.*/, "");
    await root.goto(address);
    await root.getByText("Rosa gave it back to the queue").waitFor();
    await root.getByText("Root gave it to Dewi").waitFor();
  });

  test("by forms: refused with the reason and the line kept, then handed over", async () => {
    const [dewi, rosa] = [await stage.signIn("dewi2", plain), await stage.signIn("rosa2", plain)];
    await choose(dewi, "Online");
    const ann = await stage.visit(plain);
    await startChat(ann, "Where is it?", "Ann");
    await choose(rosa, "Online");
    await frameOf(dewi, "Chats").getByRole("link", { name: /Ann/ }).click();
    await dewi.getByRole("button", { name: "Hand over" }).click();
    await dewi.getByRole("radio", { name: /Rosa2/ }).check();
    await dewi.getByLabel("Hand-over line").fill("Ask the depot");
    await choose(rosa, "Busy");
    await dewi.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
    const again = dewi.getByRole("region", { name: "Hand over this chat" });
    await again.getByText("Rosa2 is busy.").waitFor();
    expect(await again.getByLabel("Hand-over line").inputValue()).toBe("Ask the depot");
    await choose(rosa, "Online");
    // The browser sends the same form again, as a person would who is told to try later.
    await dewi.reload();
    await dewi.waitForURL("**/cs");
    await frameOf(rosa, "Chats").getByRole("link", { name: /Ann/ }).click();
    await rosa.getByText("Handed over by Dewi2").first().waitFor();
  });

  test("whoever touches nothing is away, to themselves and to colleagues, until they do", async () => {
    const [dewi, rosa] = [await stage.signIn("dewi3"), await stage.signIn("rosa3")];
    for (const page of [dewi, rosa]) await choose(page, "Online");
    await exec(
      sql`update cs_status set away_at = now() where user_id = (select id from users where username = 'dewi3')`,
    );
    await choose(rosa, "Busy");
    await dewi.getByText("You are away").waitFor();
    await rosa.getByRole("link", { name: "Team" }).click();
    await rosa.getByRole("listitem").filter({ hasText: "Dewi3" }).getByText("Away").waitFor();
    await choose(dewi, "Online");
    await dewi.getByText("You are away").waitFor({ state: "detached" });
  });
});
