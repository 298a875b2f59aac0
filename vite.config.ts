import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the API runs while the interface is developed with `vite`. */
const api = "http://localhost:3000";

export default defineConfig({
  root: "web",
  plugins: [react(), tailwindcss()],
  build: {
    // The server keeps what it serves in folders beside this one, named by their sources.
    outDir: "dist/latest",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: api, ws: true } },
  },
});
