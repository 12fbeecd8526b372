import { Hono } from "hono";
import type { Bench } from "../control/server.ts";

/** The operator's page. */
export function workbenchPages(bench: Bench): Hono {
  const app = new Hono();
  app.get("/", (c) => c.text(`Sandbox at ${new Date(bench.world.clock.now()).toISOString()}. No money moves here.`));
  return app;
}
