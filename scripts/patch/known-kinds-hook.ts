import { registerHooks } from "node:module";
import { rememberKinds } from "./known-kinds.ts";

/**
 * For processes that run from source (tests, the time machine, benchmarks), by `node --import`: what the bundler does for the
 * built processes.
 */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith("/drizzle-orm/entity.js")) return loaded;
    return { ...loaded, source: rememberKinds(new URL(url).pathname, String(loaded.source)) };
  },
});
