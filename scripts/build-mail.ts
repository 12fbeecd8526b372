import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Compiles the mail templates to `build/mail/templates.js`, which web and worker load: Node runs no JSX itself. */
export async function buildMail(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    esbuild: { jsx: "automatic" },
    // Only the few components in use come along: the whole package takes ten times as long to load.
    ssr: { noExternal: [/^@react-email\/(?!render)/] },
    build: {
      ssr: "server/messaging/templates/index.tsx",
      outDir: "build/mail",
      emptyOutDir: true,
      copyPublicDir: false,
      target: "node22",
      rollupOptions: { output: { entryFileNames: "templates.js", chunkFileNames: "[name].js" } },
    },
  });
}

if (import.meta.main) await buildMail();
