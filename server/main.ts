// The web process from its source: npm run dev, and tests. npm start and the image run the bundle (scripts/build-processes.ts).
import type { ServerBuild } from "@remix-run/node";
import { projectFile } from "./kernel/project-file.ts";
import { startWeb } from "./start-web.ts";

await startWeb(async () => {
  if (process.env.NODE_ENV === "development") {
    const { createServer } = await import("vite");
    return { vite: await createServer({ server: { middlewareMode: true }, appType: "custom" }) };
  }
  return { build: (await import(projectFile("build/server/index.js").href)) as ServerBuild };
});
