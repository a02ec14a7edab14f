import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    // The window's content security policy loads from its own origin alone: nothing may become a data: address.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: { port: 5173, strictPort: true },
  test: {
    environment: "jsdom",
    setupFiles: ["test/setup.ts"],
    include: ["**/*.test.ts"],
    exclude: ["node_modules", "dist"],
    // Style sheets are empty to tests otherwise; the contrast of the colours is measured from this one.
    css: { include: [/tokens\.css/] },
  },
});
