import { createCompanyBook } from "./company/index.ts";
import { createCreditDesk } from "./credits/index.ts";
import { createEntitlementBook, createEntitlementKeys } from "./entitlements/index.ts";
import { reactions } from "./events.ts";
import { createCallLimits, createRateLimits, relyingParty } from "./identity/index.ts";
import type { Actor } from "./kernel/actor.ts";
import { raiseAlert } from "./kernel/alert.ts";
import { type MovableClock, movableClock, type TechnicalClock, technicalClock } from "./kernel/clock.ts";
import { companyOf } from "./kernel/company.ts";
import type { Config } from "./kernel/config.ts";
import type { Ctx } from "./kernel/ctx.ts";
import { type Connection, connect, databaseFor } from "./kernel/db.ts";
import { createLinks } from "./kernel/links.ts";
import { createLog, type Log } from "./kernel/log.ts";
import { createMetrics, type Metrics } from "./kernel/metrics.ts";
import { poolWatch } from "./kernel/pool-watch.ts";
import { createSecretBox } from "./kernel/secret-box.ts";
import { shownSettings } from "./kernel/shown-settings.ts";
import { loadTemplates } from "./messaging/index.ts";
import type { Providers } from "./ports.ts";
import { createShopWindows } from "./pricing/index.ts";
import { createAnnouncementSender } from "./providers/outbound/announcement-sender.ts";
import { ownDoor } from "./providers/self/own-door.ts";
import { createMailer } from "./providers/smtp/mailer.ts";
import { stripeBillingPortal } from "./providers/stripe/billing-portal.ts";
import { stripeCardCharger } from "./providers/stripe/card-charges.ts";
import { stripeCards } from "./providers/stripe/cards.ts";
import { stripeCatalogMirror } from "./providers/stripe/catalog-mirror.ts";
import { stripeCheckout } from "./providers/stripe/checkout-sessions.ts";
import { createStripeClient } from "./providers/stripe/client.ts";
import { stripeJournal } from "./providers/stripe/journal.ts";
import { stripePayments } from "./providers/stripe/payments.ts";
import { stripePayouts } from "./providers/stripe/payouts.ts";
import { stripePriceMaker } from "./providers/stripe/price-maker.ts";
import { stripePriceSource } from "./providers/stripe/prices.ts";
import { stripeRefunds } from "./providers/stripe/refunds.ts";
import { stripeSubscriptionChanges } from "./providers/stripe/subscription-changes.ts";
import { stripeSubscriptions } from "./providers/stripe/subscriptions.ts";
import { eventHandlers, lookingOnly, rehearseEvent, takeInFound } from "./webhooks/index.ts";

/** Everything a process is made of, once: settings, connections, adapters. */
export type Runtime = {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: MovableClock;
  readonly technical: TechnicalClock;
  /** The member role; null in the worker, which has no use for it. */
  readonly member: Connection | null;
  readonly service: Connection;
  readonly providers: Providers;
  /** A context for one request or job. Business time is frozen here. `on` chooses the connection: web's is the member's. */
  ctx(actor: Actor, requestId: string, on?: Connection): Ctx<Providers>;
  close(): Promise<void>;
};

/** The composition root: the only place where adapters meet ports. */
export function createRuntime(
  config: Config,
  options: { process: "web" | "worker"; serviceConnections?: number; memberConnections?: number },
): Runtime {
  const log = createLog({
    process: options.process,
    level: config.LOG_LEVEL,
    ...(config.DEBUG ? { debug: config.DEBUG } : {}),
  });
  const clock = movableClock();
  const stripe = createStripeClient({ secretKey: config.STRIPE_SECRET_KEY, apiBase: config.STRIPE_API_BASE });
  const notice = (message: string) => log.debug({ area: "database" }, message);
  const metrics = createMetrics({ process: options.process });
  const watch = poolWatch(metrics, (seconds) => {
    const detail = `The ${options.process} process waited ${seconds.toFixed(1)} s for a database connection, several times within a minute. Something holds connections, or there is more load than they bear.`;
    const alert = { kind: "database.pool_exhausted", subject: options.process, detail };
    context({ kind: "system", name: "pool-watch" }, "pool-watch", service)
      .db.transaction((tx) => raiseAlert(tx, alert))
      .catch((error: unknown) => log.warn({ err: error }, "an exhausted pool could not be told of"));
  });
  const service = connect(config.DATABASE_SERVICE_URL, {
    max: options.serviceConnections ?? 10,
    name: `kraftverk-${options.process}-service`,
    watch,
    onNotice: notice,
  });
  const member =
    options.process === "web"
      ? connect(config.DATABASE_URL, {
          max: options.memberConnections ?? 10,
          name: "kraftverk-web",
          watch,
          onNotice: notice,
        })
      : null;
  /** Nothing but credits is spent over it: calls stand there in one row. */
  const creditLine = member
    ? connect(config.DATABASE_URL, { max: 1, name: "kraftverk-web-credits", onNotice: notice })
    : null;
  const company = createCompanyBook((member ?? service).sql, companyOf(config), (error) =>
    log.warn({ err: error }, "the company's details could not be read"),
  );
  const providers: Providers = {
    announcementSender: createAnnouncementSender({ allowPrivate: config.profile === "sandbox" }),
    catalogMirror: stripeCatalogMirror(stripe),
    cards: stripeCards(stripe),
    cardCharger: stripeCardCharger(stripe),
    checkout: stripeCheckout(stripe, { livemode: config.profile === "live" }),
    creditDesk: createCreditDesk((member ?? service).sql, creditLine?.sql),
    entitlements: createEntitlementBook((member ?? service).sql),
    entitlementKeys: { ...createEntitlementKeys(config.SESSION_SECRET), issuer: config.baseUrl },
    portal: stripeBillingPortal(stripe),
    payments: stripePayments(stripe),
    refunds: stripeRefunds(stripe),
    payouts: stripePayouts(stripe),
    subscriptions: stripeSubscriptions(stripe),
    subscriptionChanges: stripeSubscriptionChanges(stripe),
    prices: stripePriceSource(stripe),
    priceMaker: stripePriceMaker(stripe),
    shopWindows: createShopWindows(),
    mailer: createMailer({
      url: config.SMTP_URL ?? `smtp://127.0.0.1:${config.SANDBOX_SMTP_PORT}`,
      from: config.MAIL_FROM,
    }),
    templates: loadTemplates({ baseUrl: config.baseUrl, company }),
    company,
    settings: shownSettings(config),
    rateLimits: createRateLimits((member ?? service).sql),
    callLimits: createCallLimits({ scale: config.RATE_LIMIT_SCALE }),
    countError: (kind) => metrics.errors.inc({ kind }),
    secretBox: createSecretBox(config.SESSION_SECRET),
    relyingParty: relyingParty(config.baseUrl, "Kraftverk"),
    links: createLinks({ baseUrl: config.baseUrl, secrets: config.SESSION_SECRET }),
    rehearsals: {
      rehearse: (eventId, requestId) =>
        rehearseEvent(
          lookingOnly(context({ kind: "system", name: "rehearsal" }, requestId, service)),
          { eventId },
          eventHandlers,
        ),
    },
    ownDoor: ownDoor({ baseUrl: config.baseUrl, secret: config.STRIPE_WEBHOOK_SECRET?.[0] }),
    journal: stripeJournal(stripe),
    foundEvents: {
      takeIn: (listed) => takeInFound(service, listed, { now: clock.now(), livemode: config.profile === "live" }),
    },
  };
  const context: Runtime["ctx"] = (actor, requestId, on = member ?? service) => {
    const now = clock.now();
    const frozen = () => new Date(now);
    const db = databaseFor(on, { actor, now: frozen, reactions });
    return { db, actor, now: frozen, technical: technicalClock, providers, log, requestId };
  };
  return {
    config,
    log,
    metrics,
    clock,
    technical: technicalClock,
    member,
    service,
    providers,
    ctx: context,
    async close() {
      await Promise.all([service.close(), member?.close(), creditLine?.close()]);
    },
  };
}
