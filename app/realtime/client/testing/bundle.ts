import { fileURLToPath } from "node:url";
import { build, type Rollup } from "vite";

/** A module of the client as one script for a page, with its exports on `window.client`. */
export async function bundle(entry: URL): Promise<string> {
  const [output] = (await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(entry), formats: ["iife"], name: "client", fileName: "client" },
    },
  })) as Rollup.RollupOutput[];
  return output!.output[0].code;
}
