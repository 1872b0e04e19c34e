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
  },
});
