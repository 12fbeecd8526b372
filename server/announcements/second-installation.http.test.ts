import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { syncCatalog } from "../catalog/index.ts";
import { campaignWebhook } from "../http/campaign-webhook.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { createSecretBox } from "../kernel/secret-box.ts";
import { EMPTY_CONTENT } from "../pricing/campaign-content.ts";
import { createCampaign } from "../pricing/create-campaign.ts";
import { endCampaign } from "../pricing/end-campaign.ts";
import { checkCampaignPrice, resolvePrice } from "../pricing/index.ts";
import { publishCampaign } from "../pricing/publish-campaign.ts";
import { saveCampaignDraft } from "../pricing/save-campaign-draft.ts";
import { createAnnouncementSender } from "../providers/outbound/announcement-sender.ts";
import { announceCampaign } from "./announce-campaign.ts";
import { deliverAnnouncement } from "./deliver-announcement.ts";
import { addEndpoint, redeliver, rotateSecret, setEndpoint } from "./manage-endpoint.ts";
import { listDeliveries } from "./queries.ts";

const shop = await campaignShop();
const { sql } = shop;
const extra = {
  secretBox: createSecretBox(["0123456789abcdef0123456789abcdef"]),
  announcementSender: createAnnouncementSender({ allowPrivate: true, timeoutMs: 60_000 }),
};
const withSender = (ctx: typeof shop.owner) => ({ ...ctx, providers: { ...ctx.providers, ...extra } });
const owner = withSender(shop.owner);
const worker = withSender(shop.worker);

// The second installation: a database of its own, the real webhook over real HTTP, the same Stripe account.
const second = (await testDatabase()).urls;
await seedDemo({ serviceUrl: second.service });
const member = connect(second.member, { name: "second-member", max: 5 });
const service = connect(second.service, { name: "second-service", max: 3 });
const there = (actor: Actor, on = member): Ctx<typeof shop.worker.providers> => ({
  ...shop.worker,
  actor,
  db: databaseFor(on, { actor, now: () => shop.time.business, reactions: {} }),
});
const system = there({ kind: "system", name: "second" }, service);
const visitor = there({ kind: "anonymous", tokens: [] });
let mood: "open" | "broken" = "open";
let secret = "";
const app = new Hono();
app.post("/api/campaigns/webhook", async (c) => {
  if (mood === "broken") return new Response(null, { status: 503 });
  const handle = campaignWebhook({
    ctx: () => there({ kind: "partner", name: "source" }),
    keys: ["key-of-the-second-shop"],
    signatureSecret: secret,
    technical: shop.time.technical,
  });
  return handle(c.req.raw, "test");
});
const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
afterAll(async () => {
  server.close();
  await Promise.all([member.close(), service.close()]);
});
beforeAll(() => syncCatalog(shop.worker));

const charged = async (from: Ctx) =>
  (await from.db.transaction((tx) => resolvePrice(tx, { productId: "oppet", currency: "SEK" }))).amount;
/** What the second shop's worker does: it asks Stripe about every price it was told of. */
const settleThere = async () => {
  const rows = await service.sql`select id from campaign_prices where state = 'pending'`;
  for (const { id } of rows) await checkCampaignPrice(system, { campaignPriceId: String(id) });
};
const deliverAll = async () => {
  const rows = await sql`select id from announcement_deliveries where state = 'pending' order by random()`;
  for (const { id } of rows) await deliverAnnouncement(worker, { deliveryId: String(id) });
};
const deliveries = (endpointId: string) =>
  owner.db.transaction((tx) => listDeliveries(tx, { endpointId, limit: 100 }), { readOnly: true });

let endpointId = "";
let campaignId = "";

describe("our campaigns at a second installation (H7)", () => {
  it("are shown and charged there, at the price that Stripe has made", async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/campaigns/webhook`;
    const added = await addEndpoint(owner, { name: "Second shop", url, accessKey: "key-of-the-second-shop" });
    ({ id: endpointId, secret } = added);
    const stored = JSON.stringify(await sql`select * from announcement_endpoints`);
    expect(stored).not.toContain(secret.slice("whsec_".length));
    expect(stored).not.toContain("key-of-the-second-shop");

    const made = await createCampaign(owner, { name: "Advent" });
    campaignId = made.id;
    const price = {
      productId: null,
      currency: "SEK",
      interval: "month",
      intervalCount: 1,
      stripePriceId: null,
    } as const;
    const content = { ...EMPTY_CONTENT, name: "Advent", productIds: ["oppet"], prices: [{ ...price, amount: 24_900 }] };
    const { revision } = await saveCampaignDraft(owner, { id: campaignId, revision: 1, content });
    await publishCampaign(owner, { id: campaignId, revision, reason: "Advent" });
    await shop.work();
    await announceCampaign(worker, { campaignId });
    // Told twice, written once.
    await announceCampaign(worker, { campaignId });
    await deliverAll();
    await settleThere();
    expect(await charged(visitor)).toBe(24_900);
    const { items } = await deliveries(endpointId);
    expect(items.map((item) => [item.action, item.state, item.tries.length]).toSorted()).toEqual([
      ["created", "delivered", 1],
      ["price.updated", "delivered", 1],
    ]);
  });

  it("sent again by hand changes nothing there", async () => {
    const { items } = await deliveries(endpointId);
    for (const { id } of items) await redeliver(owner, { id });
    await deliverAll();
    const results = await service.sql`select result from campaign_announcements order by received_at`;
    expect(results.slice(-2).map((row) => row.result)).toEqual(["duplicate", "duplicate"]);
    expect(await charged(visitor)).toBe(24_900);
  });

  it("arrive while the secret is changed, signed with the old one and the new one", async () => {
    await rotateSecret(owner, { id: endpointId });
    await endCampaign(owner, { id: campaignId, reason: "over" });
    await announceCampaign(worker, { campaignId });
    await deliverAll();
    expect(await charged(visitor)).toBe(39_900);
  });

  it("wait longer and longer for a receiver that fails, which is switched off after ten failures in a row", async () => {
    mood = "broken";
    const [last] = (await deliveries(endpointId)).items;
    if (!last) throw new Error("there are deliveries");
    await redeliver(owner, { id: last.id });
    for (let attempt = 1; attempt <= 10; attempt++) {
      await deliverAnnouncement(worker, { deliveryId: last.id });
      // Not due yet: nothing is sent.
      await deliverAnnouncement(worker, { deliveryId: last.id });
      await sql`update announcement_deliveries set next_attempt_at = null where id = ${last.id}`;
    }
    const [row] = await sql`select d.state, d.attempts, e.disabled_by from announcement_deliveries d
      join announcement_endpoints e on e.id = d.endpoint_id where d.id = ${last.id}`;
    expect(row).toMatchObject({ state: "given_up", attempts: 10, disabled_by: "failures" });
    const alerts =
      await sql`select kind from alerts where resolved_at is null and kind like 'announcements.%' order by kind`;
    expect(alerts.map((alert) => alert.kind)).toEqual(["announcements.endpoint_off", "announcements.given_up"]);

    // Off: what is said meanwhile is not sent; on again: it is.
    mood = "open";
    await redeliver(owner, { id: last.id });
    await deliverAnnouncement(worker, { deliveryId: last.id });
    expect((await sql`select state from announcement_deliveries where id = ${last.id}`)[0]).toMatchObject({
      state: "pending",
    });
    await setEndpoint(owner, { id: endpointId, enabled: true });
    await deliverAnnouncement(worker, { deliveryId: last.id });
    expect((await sql`select state from announcement_deliveries where id = ${last.id}`)[0]).toMatchObject({
      state: "delivered",
    });
    expect(await sql`select 1 from alerts where resolved_at is null and kind like 'announcements.%'`).toHaveLength(0);
  });
});
