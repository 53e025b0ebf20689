import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunksByPart } from "./chunks-by-part.ts";

/** Where `npm run dev` started the server; the browser talks to Vite only, so cookies stay on one origin. */
const server = process.env.LIVEASSIST_SERVER ?? "http://127.0.0.1:3001";
const proxied = ["/api", "/healthz", "/readyz", "/docs"];

const parts = chunksByPart();

export default defineConfig({
  plugins: [react(), tailwindcss(), parts.plugin],
  build: {
    outDir: "dist",
    target: "es2023",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    rolldownOptions: { output: { codeSplitting: { groups: parts.groups } } },
  },
  server: {
    proxy: {
      ...Object.fromEntries(proxied.map((path) => [path, { target: server }])),
      "/trpc": { target: server, ws: true },
    },
  },
});
