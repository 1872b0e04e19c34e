import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where a Blackbox runs that the development server asks; `make web-dev` sets it. */
const blackbox =
  (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.BLACKBOX_URL ??
  "http://127.0.0.1:7070";

const asked = ["/monitoring", "/health", "/metrics", "/openapi.yaml"];

export default defineConfig({
  plugins: [react()],
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(asked.map((path) => [path, { target: blackbox, changeOrigin: true }])),
  },
  build: {
    outDir: "target/dist",
    emptyOutDir: true,
    manifest: true,
    // The policy of the pages allows no data: addresses besides images.
    assetsInlineLimit: 0,
    // The player of recordings is a document of its own, since it has a policy of its own.
    rollupOptions: { input: ["index.html", "player.html"] },
    target: "es2023",
  },
  test: {
    environment: "node",
    // In each of the zones: in the middle, with half an hour more, and with two times a year.
    projects: ["UTC", "Asia/Kolkata", "America/New_York"].map((zone) => ({
      extends: true,
      test: { name: zone, include: ["src/**/*.test.ts"], env: { TZ: zone } },
    })),
  },
});
