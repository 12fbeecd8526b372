import { timingSafeEqual } from "node:crypto";
import type { Context, Hono } from "hono";
import type { Runtime } from "../wire.ts";
import { cameThroughProxy, isLoopback } from "./client-address.ts";

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

type HealthOptions = { readonly migrations: number; draining(): boolean };
type HealthQuestion = {
  readonly path: string;
  readonly authorization: string | null;
  /** Who asks, by the connection, and whether for somebody else. */
  readonly address: string;
  readonly forwarded: boolean;
};
type HealthAnswer = { readonly status: 200 | 401 | 503; readonly type: string; readonly body: string };

export const HEALTH_PATHS = ["/healthz", "/readyz", "/metrics"] as const;

const json = (status: HealthAnswer["status"], body: object): HealthAnswer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/** `/healthz`, `/readyz`, `/metrics`, alike in web and worker; null for any other path. */
export async function answerHealth(
  runtime: Runtime,
  { migrations, draining }: HealthOptions,
  { path, authorization, address, forwarded }: HealthQuestion,
): Promise<HealthAnswer | null> {
  switch (path) {
    case "/healthz":
      return json(200, { status: "ok" });
    case "/readyz": {
      if (draining()) return json(503, { ready: false, checks: { process: "stopping" } });
      const state = await readiness(runtime, migrations);
      return json(state.ready ? 200 : 503, state);
    }
    case "/metrics": {
      if (!mayReadMetrics(runtime.config.METRICS_TOKEN, authorization, address, forwarded))
        return json(401, { error: "Metrics need METRICS_TOKEN as a bearer token." });
      const { registry } = runtime.metrics;
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    }
    default:
      return null;
  }
}

/** The same within web's edge. */
export function healthRoutes(
  app: Hono,
  runtime: Runtime,
  { address, ...options }: HealthOptions & { address(c: Context): string },
): void {
  for (const path of HEALTH_PATHS)
    app.get(path, async (c) => {
      const answer = await answerHealth(runtime, options, {
        path,
        authorization: c.req.header("authorization") ?? null,
        address: address(c),
        forwarded: cameThroughProxy(c.req.raw.headers.keys()),
      });
      return answer ? c.body(answer.body, answer.status, { "Content-Type": answer.type }) : c.notFound();
    });
}
