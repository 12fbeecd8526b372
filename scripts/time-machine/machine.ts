import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type Stripe from "stripe";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { intakeConnection } from "../../server/http/intake-connection.ts";
import { sandboxClock } from "../../server/http/sandbox-clock.ts";
import { webhookDoor } from "../../server/http/webhook-door.ts";
import { loadConfig } from "../../server/kernel/config.ts";
import { createStripeClient } from "../../server/providers/stripe/client.ts";
import { HANDLED_EVENT_TYPES } from "../../server/webhooks/event-types.ts";
import { createInbox } from "../../server/webhooks/index.ts";
import { createRuntime } from "../../server/wire.ts";
import { build } from "../build.ts";
import type { RoleUrls } from "../postgres/roles.ts";
import { syncCatalogOnce } from "../sync-catalog.ts";
import { shopPeople } from "../test/shop-people.ts";
import { startSandbox } from "./sandbox-process.ts";
import { standingAt, standingClock } from "./standing-clock.ts";
import { startWorkerThread } from "./start-worker-thread.ts";

const controlToken = "control-token-of-the-time-machine";
const secretKey = "sk_test_time_machine";
/** Fewer than jobs that run at once: everything here shares the processors anyway, and each new one reads the catalogue and plans every statement anew. */
const CONNECTIONS = 8;

export type Machine = Awaited<ReturnType<typeof openMachine>>;

/**
 * A shop that can live through years: the product's own inbox, queue, jobs, sweeps and Stripe SDK in this process,
 * its worker in a thread as it is a process of its own in production, a sandbox with a clock that stands beside it, and both
 * clocks moved as in `npm start`. Only the pages are not there.
 */
export async function openMachine(of: { urls: RoleUrls; startsAt: Date; seed: number; sandboxFolder: string }) {
  // As web and worker run: what makes the mail has a slower half for development.
  process.env.NODE_ENV ??= "production";
  let listener: Parameters<typeof createServer>[1] = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => listener?.(request, response));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The mail that Node can run.
  await build(true);
  const sandbox = await startSandbox({
    DATA_DIR: of.sandboxFolder,
    SANDBOX_CLOCK: of.startsAt.toISOString(),
    SANDBOX_SEED: `time machine ${of.seed}`,
    SANDBOX_PRODUCT_URL: address,
    SANDBOX_CONTROL_TOKEN: controlToken,
  });
  const stripe = createStripeClient({ secretKey, apiBase: sandbox.url });
  // As `stripe:sync` registers it: exactly what is ordered.
  const endpoint = await stripe.webhookEndpoints.create({
    url: `${address}/api/webhooks/stripe`,
    enabled_events: HANDLED_EVENT_TYPES as Stripe.WebhookEndpointCreateParams["enabled_events"],
  });
  const settings = {
    DATABASE_URL: of.urls.member,
    DATABASE_SERVICE_URL: of.urls.service,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_API_BASE: sandbox.url,
    STRIPE_WEBHOOK_SECRET: endpoint.secret ?? "",
    SANDBOX_CONTROL_TOKEN: controlToken,
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    SMTP_URL: sandbox.smtpUrl,
    LOG_LEVEL: process.env.TIME_MACHINE_LOG ?? "fatal",
    RATE_LIMIT_SCALE: "100000",
  };
  const config = loadConfig(settings);
  const runtime = createRuntime(config, { process: "web", serviceConnections: CONNECTIONS });
  const intake = intakeConnection(of.urls.service);
  const { log, metrics, clock } = runtime;
  const inbox = createInbox({
    ...{ service: intake, log, metrics, clock, livemode: false },
    secrets: config.STRIPE_WEBHOOK_SECRET ?? [],
  });
  const app = new Hono();
  const stands = standingAt(of.startsAt);
  Object.assign(clock, standingClock(stands));
  app.use("/_sandbox/clock", async (c, next) => {
    const { now } = (await c.req.json()) as { now: string };
    stands[0] = Date.parse(now);
    await next();
  });
  sandboxClock(app, runtime);
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const door = webhookDoor(runtime, inbox, (request, response) => void rest(request, response));

  await seedDemo({ serviceUrl: of.urls.service });
  const worker = await startWorkerThread({ settings, connections: CONNECTIONS, stands });
  listener = door;
  const { control } = sandbox;
  /** Goes to an instant, living through everything on the way in steps of a day; how many there were. */
  const goTo = async (at: Date, through = false) => {
    const asked = { to: at.toISOString(), step: "P1D", through };
    const { steps } = (await control("clock/advance", asked)) as { steps: number };
    return steps;
  };
  await goTo(new Date(of.startsAt.getTime() + 60_000));
  await syncCatalogOnce(settings);

  return {
    ...{ runtime, sandbox, stripe, control, goTo, sql: runtime.service.sql },
    ...shopPeople(runtime),
    now: async () => new Date(((await control("clock")) as { now: string }).now),
    async close() {
      await worker.stop();
      await sandbox.end();
      server.closeAllConnections();
      server.close();
      await inbox.close();
      await intake.close();
      await runtime.close();
    },
  };
}
