import type { AddressInfo } from "node:net";
import { type HttpBindings, type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { Clock } from "./clock.ts";
import type { SandboxConfig } from "./config.ts";
import { Advance } from "./control/advance.ts";
import { Product } from "./control/product.ts";
import { controlServer } from "./control/server.ts";
import { mailboxPages } from "./mailbox/pages.ts";
import { startSmtp } from "./mailbox/smtp.ts";
import { seededBytes } from "./seeded-bytes.ts";
import { loadPublished } from "./shapes/load.ts";
import { Database } from "./store/database.ts";
import { RequestLog } from "./stripe/api/request-log.ts";
import { apiServer } from "./stripe/api/server.ts";
import { approvalPages } from "./stripe/approval-page/server.ts";
import { startTicking } from "./stripe/billing/ticker.ts";
import { papers } from "./stripe/checkout-page/papers.ts";
import { checkoutPages } from "./stripe/checkout-page/server.ts";
import { Deliverer } from "./stripe/delivery/deliverer.ts";
import { settleEntitlements } from "./stripe/entitlements/active.ts";
import { invoicePages } from "./stripe/invoice-page/server.ts";
import { portalPages } from "./stripe/portal-page/server.ts";
import { seed } from "./stripe/seed.ts";
import { registerConfiguredEndpoint } from "./stripe/webhook-endpoints/configured.ts";
import { openWorld } from "./stripe/world.ts";
import { workbenchPages } from "./workbench/server.ts";

export interface RunningSandbox {
  port: number;
  smtpPort: number;
  url: string;
  close(): Promise<void>;
}

/** Idle connections stay open longer than any client keeps them: one that is closed under a call that begins just then is an outcome that nobody knows. */
const STAYS_OPEN_MS = 65_000;

function listen(app: Hono<{ Bindings: HttpBindings }>, host: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const serverOptions = { keepAliveTimeout: STAYS_OPEN_MS };
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, () => {
      server.off("error", reject);
      resolve(server);
    });
    server.once("error", reject);
  });
}

/** Starts the provider's stand-in and the mailbox; everything listens when this resolves. */
export async function startSandbox(config: SandboxConfig): Promise<RunningSandbox> {
  const database = new Database(config.dataDir);
  const { merchantName, checksAnswers, clockStandsAt, seed: idSeed } = config;
  const clock = clockStandsAt === undefined ? new Clock(database) : new Clock(database, () => clockStandsAt);
  const world = openWorld(database, clock, {
    merchantName,
    checksAnswers,
    published: await loadPublished(),
    randomness: idSeed === undefined ? undefined : seededBytes(idSeed, database),
  });
  world.afterWork.push(settleEntitlements);
  const { faults, mailbox } = world;
  const log = new RequestLog();
  const deliverer = new Deliverer(world, faults);
  const product = config.product ? new Product(config.product) : undefined;
  const advance = new Advance(world, deliverer, product, log);
  const prepare = () => {
    if (config.webhook) registerConfiguredEndpoint(world, config.webhook);
    seed(world);
  };

  const app = new Hono<{ Bindings: HttpBindings }>();
  const bench = { world, faults, mailbox, log, deliverer, advance, prepare };
  app.get("/healthz", (c) => c.json({ ok: true, now: new Date(clock.now()).toISOString() }));
  app.route("/", apiServer(world, faults, log));
  app.route("/", checkoutPages(world));
  app.route("/", approvalPages(world));
  app.route("/", portalPages(world));
  app.route("/", invoicePages(world));
  app.route("/", papers(world));
  app.route("/", controlServer(bench));
  app.route("/", mailboxPages(mailbox));
  app.route("/", workbenchPages(bench));

  const server = await listen(app, config.host, config.port);
  const { port } = server.address() as AddressInfo;
  world.publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const smtp = await startSmtp({ host: config.host, port: config.smtpPort, mailbox, clock, faults }).catch(
    async (error: unknown) => {
      server.close();
      throw error;
    },
  );
  prepare();
  const ticker = startTicking(world, advance, () => deliverer.wake());
  deliverer.wake();
  void advance.introduce();

  return {
    port,
    smtpPort: smtp.port,
    url: `http://127.0.0.1:${port}`,
    async close() {
      ticker.stop();
      await advance.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      if ("closeAllConnections" in server) server.closeAllConnections();
      await Promise.all([closed, smtp.close(), deliverer.stop()]);
      database.close();
    },
  };
}
