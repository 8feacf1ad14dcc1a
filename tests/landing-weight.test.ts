import { readdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { startWorld } from "./world";

const world = startWorld();
const MOST_BYTES = 20_000;

/** What an empty Remix page needs as well. */
const FRAMEWORK =
  /^node_modules\/(react|react-dom|scheduler|@remix-run\/[\w-]+|react-router|react-router-dom|turbo-stream|use-sync-external-store)\//;

const part = z.object({ module: z.string(), imports: z.array(z.string()).default([]) });
const manifestShape = z.object({ entry: part, routes: z.record(z.string(), part) });
const metafileShape = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
});

test("the landing page brings at most 20 kB of scripts of its own", () => {
  const file = readdirSync("public/build").find((name) => /^manifest-\w+\.js$/.test(name))!;
  const text = readFileSync(`public/build/${file}`, "utf8");
  const { entry, routes } = manifestShape.parse(JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)));
  const parts = [entry, routes.root!, routes["routes/_index"]!];
  const scripts = new Set([`/build/${file}`, ...parts.flatMap(({ module, imports }) => [module, ...imports])]);
  const { outputs } = metafileShape.parse(JSON.parse(readFileSync("build/metafile.js.json", "utf8")));

  const weighed = [...scripts].map((path) => {
    const inputs = Object.entries(outputs[`public${path}`]?.inputs ?? {});
    const total = inputs.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    const framework = inputs
      .filter(([name]) => FRAMEWORK.test(name))
      .reduce((sum, [, one]) => sum + one.bytesInOutput, 0);
    // Very small files are not compressed.
    const bytes = (statSync(`public${path}.br`, { throwIfNoEntry: false }) ?? statSync(`public${path}`)).size;
    // A file with both in it counts by its shares.
    return { bytes, own: total === 0 ? bytes : bytes * (1 - framework / total) };
  });
  const own = Math.round(weighed.reduce((sum, one) => sum + one.own, 0));
  const all = weighed.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`landing page: ${all} bytes of scripts with Brotli, of which ${own} are not the framework's`);
  expect(own).toBeLessThanOrEqual(MOST_BYTES);
  expect(all - own).toBeGreaterThan(40_000);
});

test("scripts are served with Brotli to who takes it, as they are to who does not", async () => {
  const page = await (await fetch(world.url)).text();
  const script = /\/build\/[\w./-]+\.js/.exec(page)![0];
  const asked = (encoding: string) => fetch(world.url + script, { headers: { "Accept-Encoding": encoding } });
  const [brotli, plain] = [await asked("br, gzip"), await asked("identity")];
  expect(brotli.headers.get("content-encoding")).toBe("br");
  expect(brotli.headers.get("cache-control")).toContain("immutable");
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await brotli.text()).toBe(await plain.text());
});
