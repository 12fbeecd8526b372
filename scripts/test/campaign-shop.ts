import { Writable } from "node:stream";
import { Logger, runOnce } from "graphile-worker";
import { afterAll } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import type { Actor } from "../../server/kernel/actor.ts";
import { technicalClock } from "../../server/kernel/clock.ts";
import type { Ctx } from "../../server/kernel/ctx.ts";
import { type Connection, connect, databaseFor } from "../../server/kernel/db.ts";
import { createLog } from "../../server/kernel/log.ts";
import {
  checkCampaignPrice,
  lookAtDraftPrices,
  makeCampaignPrice,
  reviewCampaign,
  sweepPrices,
} from "../../server/pricing/index.ts";
import { stripeCatalogMirror } from "../../server/providers/stripe/catalog-mirror.ts";
import { createStripeClient } from "../../server/providers/stripe/client.ts";
import { stripePriceMaker } from "../../server/providers/stripe/price-maker.ts";
import { stripePriceSource } from "../../server/providers/stripe/prices.ts";
import { testDatabase } from "./database.ts";
import { testSandbox } from "./sandbox.ts";

/**
 * The demo shop with campaigns as they are in production: partner and visitors on the member role, jobs from the real
 * queue on the service role, prices from the sandbox over HTTP. `time` moves business time. Call it at the top of a test file.
 */
export async function campaignShop() {
  const { urls } = await testDatabase();
  const sandbox = await testSandbox();
  await seedDemo({ serviceUrl: urls.service });
  const member = connect(urls.member, { name: "test-member", max: 20 });
  const service = connect(urls.service, { name: "test-service", max: 4 });
  afterAll(() => Promise.all([member.close(), service.close()]));
  const stripe = createStripeClient({ secretKey: "sk_test_campaigns", apiBase: sandbox.url });
  const providers = {
    prices: stripePriceSource(stripe),
    priceMaker: stripePriceMaker(stripe),
    catalogMirror: stripeCatalogMirror(stripe),
  };
  const time = { business: new Date(), technical: technicalClock };
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(JSON.parse(String(chunk)).msg));
      done();
    },
  });
  const log = createLog({ process: "test", level: "info", destination });
  const context = (actor: Actor, connection: Connection): Ctx<typeof providers> => {
    const now = () => time.business;
    const db = databaseFor(connection, { actor, now, reactions: {} });
    return { db, actor, now, technical: { now: () => time.technical.now() }, providers, log, requestId: "test" };
  };
  const worker = context({ kind: "system", name: "test" }, service);
  return {
    urls,
    sandbox,
    stripe,
    time,
    lines,
    sql: service.sql,
    partner: context({ kind: "partner", name: "source" }, member),
    visitor: context({ kind: "anonymous", tokens: [] }, member),
    owner: context({ kind: "staff", userId: "usr_owner", role: "owner", customerId: null, tokens: [] }, member),
    worker,
    /** Works off what waits in the queue. */
    work: () =>
      runOnce({
        connectionString: urls.service,
        taskList: {
          "pricing.check-price": (payload) => checkCampaignPrice(worker, payload as { campaignPriceId: string }),
          "pricing.look-at-draft-prices": (payload) => lookAtDraftPrices(worker, payload as { campaignId: string }),
          "pricing.make-campaign-price": (payload) => makeCampaignPrice(worker, payload as { orderId: string }),
          "pricing.review-campaign": (payload) => reviewCampaign(worker, payload as { campaignId: string }),
          "pricing.sweep": () => sweepPrices(worker),
        },
        noHandleSignals: true,
        logger: new Logger(() => () => {}),
      }),
  };
}
