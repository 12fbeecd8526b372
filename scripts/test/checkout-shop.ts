import { setTimeout as pause } from "node:timers/promises";
import type Stripe from "stripe";
import { afterAll } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { actorOf } from "../../server/http/request-context.ts";
import { companyOf } from "../../server/kernel/company.ts";
import { loadConfig } from "../../server/kernel/config.ts";
import { connect } from "../../server/kernel/db.ts";
import { hashToken } from "../../server/kernel/id.ts";
import { mailTemplates } from "../../server/messaging/templates/index.tsx";
import { createStripeClient } from "../../server/providers/stripe/client.ts";
import type { RequestCtx, Session } from "../../server/trpc/context.ts";
import { createCaller } from "../../server/trpc/router.ts";
import { createInbox } from "../../server/webhooks/index.ts";
import { createRuntime } from "../../server/wire.ts";
import { startWorker } from "../../worker/run.ts";
import { syncCatalogOnce } from "../sync-catalog.ts";
import { testDatabase } from "./database.ts";
import { testSandbox } from "./sandbox.ts";

export const CARDS = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  noFunds: "4000 0000 0000 9995",
  approval: "4000 0027 6000 3184",
} as const;

const webhookSecret = "whsec_checkout_0123456789abcdef";
const secretKey = "sk_test_checkout_shop";

/** A browser: its cart token and whoever is signed in, calling the same procedures as the pages do. */
export type TestBrowser = {
  readonly caller: ReturnType<typeof createCaller>;
  cartToken: string | null;
};

/**
 * The whole shop for a test of money: a migrated database under its three roles, the demo catalogue mirrored to a real
 * sandbox process, the real queue and inbox. Call it at the top of a test file. Nothing here is stood in for but time.
 */
export async function testCheckoutShop(env: Record<string, string> = {}, expected: readonly RegExp[] = []) {
  const { urls } = await testDatabase(expected);
  const sandbox = await testSandbox();
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
  const runtime = createRuntime(config, { process: "web" });
  Object.assign(runtime.providers, {
    templates: mailTemplates({ baseUrl: config.baseUrl, company: companyOf(config) }),
  });
  const intake = connect(urls.service, { name: "test-intake", max: 3 });
  const { log, metrics, clock } = runtime;
  const secrets = config.STRIPE_WEBHOOK_SECRET ?? [];
  const inbox = createInbox({ service: intake, log, metrics, clock, secrets, livemode: false });
  const stripe = createStripeClient({ secretKey, apiBase: sandbox.url });
  await seedDemo({ serviceUrl: urls.service });
  await syncCatalogOnce(settings);
  afterAll(async () => {
    await inbox.close();
    await intake.close();
    await runtime.close();
  });

  const worker = () => runtime.ctx({ kind: "system", name: "test" }, "test", runtime.service);
  const sql = runtime.service.sql;

  function browser(
    options: { session?: Session; locale?: "sv" | "en"; ip?: string; idempotencyKey?: string } = {},
  ): TestBrowser {
    const state: { cartToken: string | null } = { cartToken: null };
    const context = (): RequestCtx => {
      const tokens = state.cartToken ? [hashToken(state.cartToken)] : [];
      return {
        ...runtime.ctx(actorOf(options.session ?? null, tokens), "test"),
        session: options.session ?? null,
        browser: {
          ip: options.ip ?? "203.0.113.7",
          userAgent: "test",
          locale: options.locale ?? "sv",
          cartToken: state.cartToken,
          idempotencyKey: options.idempotencyKey ?? null,
          secondStepToken: null,
          retryAfter: () => {},
          knownDevice: null,
          setSecondStep: () => {},
          clearSecondStep: () => {},
          setKnownDevice: () => {},
          setSession: () => {},
          clearSession: () => {},
          setCartToken: (token) => {
            state.cartToken = token;
          },
        },
      };
    };
    return {
      get caller() {
        return createCaller(context());
      },
      get cartToken() {
        return state.cartToken;
      },
      set cartToken(token) {
        state.cartToken = token;
      },
    };
  }

  /** Somebody with an account, signed in. */
  async function member(email: string): Promise<Session> {
    const tag = hashToken(email).slice(0, 8);
    const [userId, customerId, at] = [`usr_${tag}`, `cus_${tag}`, new Date().toISOString()];
    await sql`insert into users (id, email, email_normalized, email_verified_at, password_hash, locale, created_at)
      values (${userId}, ${email}, ${email}, ${at}, '-', 'sv', ${at})`;
    await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
      values (${customerId}, ${userId}, ${email}, ${email}, 'sv', ${at})`;
    const proven = { authenticatedAt: new Date(), secondFactor: false, staffLocked: false, impersonation: null };
    const rest = { name: null, emailVerified: true, locale: "sv" as const, staffRole: null, ...proven };
    return { id: `ses_${tag}`, userId, customerId, email, ...rest };
  }

  /** Fills in the hosted page as a buyer does, and goes through the bank's page when there is one. Where it ends. */
  async function pay(
    url: string,
    options: { card?: string; email?: string; approve?: "complete" | "fail"; country?: string } = {},
  ): Promise<{ returnedTo: string | null; page: string }> {
    const form = {
      ...{ email: options.email ?? "kund@example.se", cardNumber: options.card ?? CARDS.good, cardExpiry: "12 / 34" },
      ...{ cardCvc: "123", billingName: "Kim Karlsson", billingCountry: options.country ?? "SE" },
      ...{ shippingName: "Kim Karlsson", shippingLine1: "Storgatan 1", shippingPostalCode: "211 42" },
      ...{ shippingCity: "Malmö", shippingCountry: options.country ?? "SE" },
    };
    let answer = await post(url, form);
    const location = answer.headers.get("location");
    if (location?.endsWith("/approve"))
      answer = await post(new URL(location, url).href, { answer: options.approve ?? "complete" });
    const page = await answer.text();
    return { returnedTo: answer.status === 303 ? answer.headers.get("location") : null, page };
  }

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

  /** Runs a real worker until nothing is left that could run now. */
  async function work(): Promise<void> {
    const running = await startWorker(runtime, () => {});
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

function post(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
}

export async function until(what: () => Promise<boolean>, ms = 240_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await pause(25);
  }
}
