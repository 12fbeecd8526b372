import { setTimeout as pause } from "node:timers/promises";
import type Stripe from "stripe";
import { afterAll } from "vitest";
import { loadConfig } from "../../server/kernel/config.ts";
import { connect } from "../../server/kernel/db.ts";
import { createStripeClient } from "../../server/providers/stripe/client.ts";
import { createInbox } from "../../server/webhooks/index.ts";
import { createRuntime } from "../../server/wire.ts";
import { guardClient } from "../../worker/recovery.ts";
import { queuePool, startWorker } from "../../worker/run.ts";
import { testDatabase } from "./database.ts";
import { testSandbox } from "./sandbox.ts";
import { shopPeople } from "./shop-people.ts";
import { shopTemplate } from "./shop-template.ts";

export { CARDS, type TestBrowser } from "./shop-people.ts";

const webhookSecret = "whsec_checkout_0123456789abcdef";
const secretKey = "sk_test_checkout_shop";
/**
 * Half of what a process has: they are used in turn, and each of them reads the catalogue and plans every statement anew. More
 * than any test holds at once while it waits for what goes through another.
 */
const CONNECTIONS = 5;

/**
 * The whole shop for a test of money: a migrated database under its three roles, the demo catalogue mirrored to a real
 * sandbox process, the real queue and inbox. Call it at the top of a test file. Nothing here is stood in for but time.
 */
export async function testCheckoutShop(env: Record<string, string> = {}, expected: readonly RegExp[] = []) {
  const sandbox = await testSandbox();
  const { urls } = await testDatabase(expected, await shopTemplate(sandbox));
  const settings = {
    DATABASE_URL: urls.member,
    DATABASE_SERVICE_URL: urls.service,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_API_BASE: sandbox.url,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    SESSION_SECRET: "0123456789abcdef0123456789abcdef",
    SMTP_URL: sandbox.smtpUrl,
    LOG_LEVEL: "fatal",
    ...env,
  };
  const config = loadConfig(settings);
  const runtime = createRuntime(config, {
    process: "web",
    serviceConnections: CONNECTIONS,
    memberConnections: CONNECTIONS,
  });
  const intake = connect(urls.service, { name: "test-intake", max: 3 });
  const { log, metrics, clock } = runtime;
  const secrets = config.STRIPE_WEBHOOK_SECRET ?? [];
  const inbox = createInbox({ service: intake, log, metrics, clock, secrets, livemode: false });
  const stripe = createStripeClient({ secretKey, apiBase: sandbox.url });
  const lent = { queue: queuePool(runtime), guard: guardClient(urls.service) };
  let guarding: Promise<unknown> | undefined;
  afterAll(async () => {
    await lent.queue.end();
    if (guarding) await lent.guard.end();
    await inbox.close();
    await intake.close();
    await runtime.close();
  });

  const worker = () => runtime.ctx({ kind: "system", name: "test" }, "test", runtime.service);
  const sql = runtime.service.sql;
  const { browser, member, pay } = shopPeople(runtime);

  /** Hands an event to the inbox, signed as the provider signs. */
  async function receive(event: Stripe.Event): Promise<number> {
    const payload = JSON.stringify(event);
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
    const { status } = await inbox.receive("stripe", payload, new Headers({ "stripe-signature": signature }));
    return status;
  }

  /** Moves the provider's clock and ours together, as the sandbox does when it knows the product. */
  async function advance(by: string): Promise<void> {
    const { now } = (await sandbox.control("clock/advance", { body: { by } })) as { now: string };
    const offset = new Date(now).getTime() - Date.now();
    await sql`update app_clock set offset_ms = ${Math.round(offset)}, version = version + 1`;
    clock.setOffset(offset);
  }

  /** Runs a real worker until nothing is left that could run now. Each takes over its predecessor's connections. */
  async function work(): Promise<void> {
    guarding ??= lent.guard.connect();
    await guarding;
    const running = await startWorker(runtime, () => {}, {}, lent);
    try {
      await until(async () => {
        const [row] = await sql`select count(*)::int as open from graphile_worker._private_jobs
          where (run_at <= now() and attempts < max_attempts) or locked_at is not null`;
        return row?.open === 0;
      });
    } finally {
      await running.stop();
    }
  }

  return { urls, sandbox, settings, runtime, stripe, sql, worker, browser, member, pay, receive, advance, work };
}

export type CheckoutShop = Awaited<ReturnType<typeof testCheckoutShop>>;

export async function until(what: () => Promise<boolean>, ms = 240_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await pause(25);
  }
}
