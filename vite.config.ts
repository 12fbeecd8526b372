import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { pageChunks } from "./scripts/page-chunks.ts";
import { wordsAsText } from "./scripts/words-as-text.ts";

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [wordsAsText(), tailwindcss(), remix(remixConfig)],
  resolve: { alias: { "~": new URL("./app", import.meta.url).pathname } },
  build: {
    // Every asset is a file of its own: the content security policy allows no data: URLs but images.
    assetsInlineLimit: 0,
    // What the server runs is one file.
    rollupOptions: { output: isSsrBuild ? {} : { manualChunks: pageChunks(), onlyExplicitManualChunks: true } },
  },
}));
