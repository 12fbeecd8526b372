import { timingSafeEqual } from "node:crypto";
import type { Context, Hono } from "hono";
import type { Runtime } from "../wire.ts";
import { isLoopback } from "./client-address.ts";

/** Ready means: the database answers as both roles, every migration is applied, the queue is there. Names what is not. */
export async function readiness(
  runtime: Runtime,
  migrations: number,
): Promise<{ ready: boolean; checks: Record<string, string> }> {
  const checks: Record<string, string> = {};
  const check = async (name: string, work: () => Promise<string>) => {
    try {
      checks[name] = await withDeadline(work(), 2_000);
    } catch (error) {
      checks[name] = error instanceof Error && error.message === "timeout" ? "timeout" : "failed";
      runtime.log.warn({ err: error, check: name }, "not ready");
    }
  };
  await Promise.all([
    check("database", async () => {
      await (runtime.member ?? runtime.service).sql`select 1`;
      return "ok";
    }),
    check("migrations", async () => {
      const [row] = await runtime.service.sql<{ applied: number }[]>`select app.applied_migrations() as applied`;
      return row && row.applied >= migrations ? "ok" : `pending: ${migrations - (row?.applied ?? 0)}`;
    }),
    check("queue", async () => {
      await runtime.service.sql`select 1 from graphile_worker.jobs limit 1`;
      return "ok";
    }),
  ]);
  return { ready: Object.values(checks).every((value) => value === "ok"), checks };
}

function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error("timeout")), ms).unref()),
  ]);
}

/** Metrics answer a bearer token, or without one only this machine, and never through a proxy. */
export function mayReadMetrics(
  token: string | undefined,
  authorization: string | null,
  address: string,
  forwarded: boolean,
): boolean {
  if (token === undefined) return isLoopback(address) && !forwarded;
  const expected = Buffer.from(`Bearer ${token}`);
  const given = Buffer.from(authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** `/healthz`, `/readyz`, `/metrics`: alike in web and worker. */
export function healthRoutes(
  app: Hono,
  runtime: Runtime,
  options: { migrations: number; address(c: Context): string; draining(): boolean },
): void {
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    if (options.draining()) return c.json({ ready: false, checks: { process: "stopping" } }, 503);
    const state = await readiness(runtime, options.migrations);
    return c.json(state, state.ready ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    const forwarded = c.req.header("x-forwarded-for") !== undefined;
    if (
      !mayReadMetrics(
        runtime.config.METRICS_TOKEN,
        c.req.header("authorization") ?? null,
        options.address(c),
        forwarded,
      )
    ) {
      return c.json({ error: "Metrics need METRICS_TOKEN as a bearer token." }, 401);
    }
    return c.text(await runtime.metrics.registry.metrics(), 200, {
      "Content-Type": runtime.metrics.registry.contentType,
    });
  });
}
