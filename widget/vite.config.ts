import { defineConfig } from "vite";

/** The snippet is one file without a module system, for any page. Called by server/app/build-web.ts. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: "es2020",
    copyPublicDir: false,
    rolldownOptions: { input: "src/snippet.ts", output: { format: "iife", entryFileNames: "t.js" } },
  },
});
