import { registerHooks } from "node:module";
import { rememberKinds } from "./known-kinds.ts";
import { sendInOnePacket } from "./one-packet.ts";

const patches = {
  "/drizzle-orm/entity.js": rememberKinds,
  "/postgres/src/connection.js": sendInOnePacket,
  "/postgres/src/index.js": sendInOnePacket,
  "/postgres/src/queue.js": sendInOnePacket,
};

/**
 * For processes that run from source (tests, the time machine, benchmarks), by `node --import`: what the bundler does for the
 * built processes.
 */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    for (const [file, patch] of Object.entries(patches))
      if (url.endsWith(file)) return { ...loaded, source: patch(new URL(url).pathname, String(loaded.source)) };
    return loaded;
  },
});
