import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const alias = { "~": `${root}app` };
const shared = {
  root,
  environment: "node" as const,
  globalSetup: [`${root}app/testing/global-setup.server.ts`],
  // What every process of a test gets; the database comes from freshDatabase().
  env: {
    NODE_ENV: "test" as const,
    LOG_LEVEL: "silent",
    LOCAL_TRIAL: "true",
    JWT_SECRET: "only-for-tests-0123456789abcdef0123456789abcdef",
  },
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  root,
  resolve: { alias },
  esbuild: { jsx: "automatic" },
  test: {
    pool: "forks",
    poolOptions: { forks: { minForks: 1, maxForks: 2 } },
    projects: [
      { extends: true, test: { ...shared, name: "unit", include: ["app/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          ...shared,
          name: "whole",
          include: ["tests/**/*.test.ts"],
          testTimeout: 60_000,
          maxConcurrency: 1,
          expect: { poll: { timeout: 15_000, interval: 100 } },
        },
      },
    ],
  },
});
