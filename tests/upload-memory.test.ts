import { expect, test } from "vitest";
import { uploadTogether } from "../scripts/bench/uploads";
import { temporaryFolder } from "~/testing/folder";
import { startWorld } from "./world";

const DATA_DIR = temporaryFolder("memory");
const world = startWorld(1, { DATA_DIR });

/** UPLOADS=50 is the whole measurement; by default a part of it. */
const COUNT = Number(process.env.UPLOADS ?? 6);

test.runIf(process.platform === "linux")(
  "files of 25 MB that come together are never in memory whole",
  async () => {
    const tokens: string[] = [];
    for (let i = 0; i < COUNT; i++) tokens.push((await world.customer("Hello")).token);
    await uploadTogether(world.url, world.instances[0]!.pid, tokens.slice(0, 2), 1_000_000);
    const { taken, grownBytes } = await uploadTogether(world.url, world.instances[0]!.pid, tokens, 25_000_000);
    console.log(`${COUNT} uploads of 25 MB together: ${Math.round(grownBytes / 1e6)} MB of growth`);
    expect(taken).toBe(COUNT);
    expect(grownBytes).toBeLessThan(200_000_000);
  },
  170_000,
);
