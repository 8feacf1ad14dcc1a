import fc from "fast-check";
import { expect, test } from "vitest";
import { call } from "~/testing/caller";
import { allCommands, stepsTaken } from "./queue-model/commands";
import { Desk, type Person } from "./queue-model/desk";
import { Model } from "./queue-model/model";
import { startWorld } from "./world";

const STEPS = Number(process.env.MODEL_STEPS ?? 150);
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_000);
const SECONDS_FOR_A_STEP = 0.5;

// Tokens are for hours here, because the second instance's clock is two hours ahead.
process.env.JWT_EXPIRES_IN = "1d";
const world = startWorld(2, (instance) => ({
  NODE_OPTIONS: "--import=./scripts/faults/shift-clock.mjs",
  CLOCK_SHIFT_MS: String(instance * 7_200_000),
}));

const EARLY_CUSTOMERS = 9;
const LIMITS = { ada: 1, ben: 2, cleo: 3, dora: 2 };

test(
  `${STEPS} steps of a small model, seed ${SEED}`,
  async () => {
    const people: Person[] = [];
    for (const [name, limit] of Object.entries(LIMITS)) {
      const { token, userId } = await world.agent(name, "cs", limit);
      people.push({ name, token, userId, limit });
    }
    const root = await world.agent("root", "admin");
    // Time passes when the test says so.
    const still = { graceSeconds: 3_600, noAnswerSeconds: 0, awayAfterSeconds: 0, idleTimeoutSeconds: 0 };
    const { status } = await call(world.url, "/api/admin/settings", { token: root.token, body: still });
    expect(status).toBe(200);
    const desk = new Desk(world, people, root.token);

    const property = fc.asyncProperty(fc.commands(allCommands, { maxCommands: 100, size: "max" }), async (commands) => {
      await desk.clear();
      const model = await openingTime(people, desk);
      await fc.asyncModelRun(() => ({ model, real: desk }), commands);
    });
    for (let round = 0; stepsTaken() < STEPS; round++) {
      const endOnFailure = process.env.MODEL_SHRINK === undefined;
      await fc.assert(property, { seed: SEED + round, numRuns: 2, endOnFailure });
    }
    console.log(`${stepsTaken()} steps, seed ${SEED}: ${JSON.stringify(await desk.moves())}`);
  },
  60_000 + STEPS * SECONDS_FOR_A_STEP * 1_000,
);

/** Everybody is there and online, half of them on each instance, and the first customers have come. */
async function openingTime(people: Person[], desk: Desk) {
  const model = new Model();
  await Promise.all(
    people.map(async ({ name, userId, limit }, i) => {
      const tabs: [number, number] = i % 2 === 0 ? [1, 0] : [0, 1];
      model.agents.set(name, { name, userId, limit, status: "online", tabs, lastGiven: 0 });
      await desk.openTab(name, i % 2);
      await desk.setStatus(name, "online");
    }),
  );
  for (let i = 0; i < EARLY_CUSTOMERS; i++) {
    model.start();
    await desk.start(i % 2);
  }
  return model;
}
