import { defineConfig } from "vitest/config";

/** Tests of the packaged server's pages in a browser. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    globalSetup: "test/server.ts",
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // One machine of two cores: a second browser only makes both slower.
    fileParallelism: false,
    // A machine that others use may stand still for seconds: there, what fails twice has failed.
    retry: (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.CI === undefined ? 0 : 1,
  },
});
