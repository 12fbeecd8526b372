import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaignShop } from "../../scripts/test/campaign-shop.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { findApplicableCampaign, getCampaignPriceId, resolvePrice } from "../pricing/index.ts";
import { type CampaignWebhookParts, campaignWebhook } from "./campaign-webhook.ts";

const shop = await campaignShop();
const run = promisify(execFile);
const examples = join(import.meta.dirname, "..", "..", "examples");
const keys = ["source-key-of-today", "source-key-of-tomorrow"];
const secret = `whsec_${Buffer.from("a signing secret of 32 characters").toString("base64")}`;

async function open(parts: Partial<CampaignWebhookParts> = {}): Promise<string> {
  const handle = campaignWebhook({
    ctx: () => shop.partner,
    keys,
    signatureSecret: undefined,
    technical: { now: () => new Date() },
    ...parts,
  });
  const app = new Hono().post("/api/campaigns/webhook", (c) => handle(c.req.raw, "test"));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  afterAll(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

let url = "";
beforeAll(async () => {
  url = await open();
});

const send = (body: string | object, headers: Record<string, string> = {}, to = url) =>
  fetch(`${to}/api/campaigns/webhook`, {
    method: "POST",
    headers: { authorization: `Bearer ${keys[0]}`, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const announcements = async () => (await shop.sql`select 1 from campaign_announcements`).length;
const priceNow = () =>
  shop.visitor.db.transaction((tx) => resolvePrice(tx, { productId: "test-kund", currency: "SEK" }));

describe("as the partner's own document has it", () => {
  const curl = async () => {
    const env = { ...process.env, KRAFTVERK_URL: url, SOURCE_API_KEY: keys[0] ?? "" };
    return JSON.parse((await run("sh", [join(examples, "announce-price.sh")], { env })).stdout);
  };

  it("its curl makes the campaign, and the default price holds until Stripe was asked", async () => {
    const made = { success: true, action: "price.updated", campaignId: "test_campaign", result: "created" };
    expect(await curl()).toEqual(made);
    expect(shop.lines).toContain("✨ Created new campaign entry for price update");
    expect(await priceNow()).toMatchObject({ amount: 39_900, campaign: null, lowest30Days: null });
    expect(await curl()).toEqual({ ...made, result: "duplicate" });
  });

  it("then Test Kund costs what the price says, beside the lowest price of the 30 days before", async () => {
    await shop.work();
    const price = await priceNow();
    expect(price).toMatchObject({
      ...{ amount: 29_900, interval: "month", intervalCount: 1, stripePriceId: "price_TEST123" },
      ...{ lowest30Days: 39_900, campaign: { id: "test_campaign", name: "Test Campaign" } },
    });
    const wanted = { productId: "test-kund", currency: "SEK" } as const;
    const campaign = await shop.visitor.db.transaction((tx) => findApplicableCampaign(tx, wanted));
    expect(campaign).toEqual({ id: "test_campaign", name: "Test Campaign", endAt: null, durationMonths: null });
    expect(getCampaignPriceId(shop.visitor, price)).toBe("price_TEST123");
    expect(shop.lines.at(-1)).toBe("🎯 Using campaign price price_TEST123 for product test-kund");
  });
});

describe("who may announce", () => {
  const ping = { action: "ping" };

  it.each(keys)("whoever has one of the keys (%s)", async (key) => {
    const response = await send(ping, { authorization: `Bearer ${key}` });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ success: true, action: "ping", result: "pong" });
  });

  it.each([
    ["nothing", ""],
    ["an empty key", "Bearer "],
    ["another key", "Bearer source-key-of-today2"],
    ["the beginning of a key", "Bearer source-key-of-toda"],
    ["a key in another scheme", `Basic ${keys[0]}`],
    ["two keys", `Bearer ${keys[0]} ${keys[1]}`],
  ])("and nobody with %s", async (_what, authorization) => {
    const response = await send(ping, { authorization });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ success: false, error: "Unauthorized" });
  });

  it("nobody at all where no key is configured", async () => {
    const closed = await open({ keys: [] });
    expect((await send(ping, {}, closed)).status).toBe(401);
    expect((await send(ping, { authorization: "Bearer " }, closed)).status).toBe(401);
  });
});

describe("what cannot be read is refused with the field that is wrong, and not stored", () => {
  const campaign = { id: "c", name: "n", status: "active", products: [], prices: [] };
  const update = { stripePriceId: "p", originalProductId: "o", campaignId: "c", campaignName: "n" };
  const price = { currency: "SEK", stripePriceId: "p" };
  it.each<[string, string | object]>([
    ["body", "{"],
    ["body", ""],
    ["body", `{"action":"created","x":${"[".repeat(5_000)}${"]".repeat(5_000)}}`],
    ["action", {}],
    ["body", []],
    ["action", { action: "destroyed" }],
    ["priceUpdate", { action: "price.updated" }],
    ["priceUpdate.stripePriceId", { action: "price.updated", priceUpdate: { ...update, stripePriceId: "" } }],
    ["priceUpdate.campaignId", { action: "price.updated", priceUpdate: { ...update, campaignId: 7 } }],
    ["priceUpdate.campaignName", { action: "price.updated", priceUpdate: { ...update, campaignName: "a\u0000b" } }],
    ["campaignId", { action: "deleted" }],
    ["campaign.status", { action: "created", campaign: { ...campaign, status: "deleted" } }],
    ["campaign.products", { action: "created", campaign: { ...campaign, products: undefined } }],
    [
      "campaign.prices.0.currency",
      { action: "updated", campaign: { ...campaign, prices: [{ ...price, currency: "kr" }] } },
    ],
    [
      "campaign.prices.0.interval",
      { action: "updated", campaign: { ...campaign, prices: [{ ...price, interval: "moon" }] } },
    ],
    ["campaign.startDate", { action: "created", campaign: { ...campaign, startDate: "2026-11-20T12:00" } }],
    [
      "campaign.endDate",
      { action: "created", campaign: { ...campaign, startDate: "2026-12-01", endDate: "2026-11-30" } },
    ],
    ["campaign.startDate", { action: "created", campaign: { ...campaign, startDate: "0000-01-01" } }],
    ["campaign.endDate", { action: "created", campaign: { ...campaign, endDate: "9999-12-31T23:59:59-12:00" } }],
    ["campaign.durationMonths", { action: "created", campaign: { ...campaign, durationMonths: 0 } }],
    ["version", { action: "deleted", campaignId: "c", version: 1.5 }],
    ["version", { action: "deleted", campaignId: "c", version: -1 }],
    ["occurredAt", { action: "deleted", campaignId: "c", occurredAt: "yesterday" }],
    ["occurredAt", { action: "deleted", campaignId: "c", occurredAt: "0000-01-01T00:00:00Z" }],
    ["eventId", { action: "deleted", campaignId: "c", eventId: "" }],
  ])("%s", async (field, body) => {
    const before = await announcements();
    const response = await send(body);
    expect(response.status).toBe(400);
    const answer = (await response.json()) as { error: string };
    expect(answer).toMatchObject({ success: false, field });
    expect(answer.error).not.toBe("");
    expect(await announcements()).toBe(before);
  });

  it("and says of a date how one is written", async () => {
    const response = await send({ action: "created", campaign: { ...campaign, endDate: "2026-11-31" } });
    const error =
      "campaign.endDate: must be a day that exists (2026-11-30) or an instant with its offset (2026-11-30T23:59:59+01:00)";
    expect(await response.json()).toEqual({ success: false, field: "campaign.endDate", error });
  });

  it("bytes that are no text", async () => {
    const response = await fetch(`${url}/api/campaigns/webhook`, {
      method: "POST",
      headers: { authorization: `Bearer ${keys[0]}` },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ field: "body" });
  });

  it("more than 64 kB, told beforehand or not", async () => {
    const body = JSON.stringify({ action: "ping", padding: "x".repeat(64_000) });
    expect((await send(body)).status).toBe(413);
    const stream = new Blob([body]).stream();
    const init = { method: "POST", headers: { authorization: `Bearer ${keys[0]}` }, body: stream, duplex: "half" };
    const response = await fetch(`${url}/api/campaigns/webhook`, init as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ success: false });
  });
});

it.each(["standard-webhooks v1", "none"])(
  "keeps a few headers of an announcement, and no key or signature: %s",
  async (form) => {
    const isSigned = form !== "none";
    const to = isSigned ? await open({ signatureSecret: secret }) : url;
    const campaignId = isSigned ? "headers-signed" : "headers-by-key";
    const body = JSON.stringify({ action: "deleted", campaignId });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const signature = createHmac("sha256", key).update(`msg_${campaignId}.${timestamp}.${body}`).digest("base64");
    const message = {
      "webhook-id": `msg_${campaignId}`,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    };
    const other = { "user-agent": `portal ${"y".repeat(300)}`, cookie: "a=not-to-be-kept", "x-real-ip": "203.0.113.9" };
    expect((await send(body, { ...other, ...(isSigned ? message : {}) }, to)).status).toBe(200);
    const [row] = await shop.sql`
    select headers, campaign_announcements::text as whole from campaign_announcements where campaign_id = ${campaignId}`;
    expect(row?.headers.split("\n")).toEqual([
      `user-agent: portal ${"y".repeat(193)}`,
      "content-type: application/json",
      ...(isSigned ? [`webhook-id: ${message["webhook-id"]}`, `webhook-timestamp: ${timestamp}`] : []),
      `signature-form: ${form}`,
    ]);
    for (const never of [signature, keys[0], "not-to-be-kept", "203.0.113.9"]) expect(row?.whole).not.toContain(never);
  },
);

it("takes fields it does not know, and days for dates", async () => {
  const body = {
    action: "created",
    sentBy: "portal 3",
    campaign: {
      ...{ id: "days", name: "Days", status: "active", owner: "sales" },
      ...{ startDate: "2026-11-01", endDate: "2026-11-30", durationMonths: null },
      ...{ products: ["dagtid"], prices: [{ currency: "sek", stripePriceId: "price_days", note: "" }] },
    },
  };
  expect(await (await send(body)).json()).toMatchObject({ result: "created", campaignId: "days" });
  const [row] = await shop.sql`select start_at, end_at from campaigns where id = 'days'`;
  expect(new Date(row?.start_at)).toEqual(new Date("2026-10-31T23:00:00Z"));
  expect(new Date(row?.end_at)).toEqual(new Date("2026-11-30T22:59:59.999Z"));
  const reordered = JSON.stringify({ campaign: body.campaign, sentBy: "portal 3", action: "created" }, null, 2);
  expect(await (await send(reordered)).json()).toMatchObject({ result: "duplicate" });
});

it("says when it could not store, so that it is sent again", async () => {
  const gone = connect(shop.urls.member.replace(/[^/]+$/, "no_such_database"), { name: "gone", max: 1 });
  const db = databaseFor(gone, { actor: shop.partner.actor, now: shop.partner.now, reactions: {} });
  const broken = await open({ ctx: () => ({ ...shop.partner, db }) });
  const response = await send({ action: "deleted", campaignId: "any" }, {}, broken);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("10");
  expect(await response.json()).toMatchObject({ success: false });
  await gone.close();
});

describe("with a signing secret", () => {
  let signed = "";
  beforeAll(async () => {
    signed = await open({ signatureSecret: secret });
  });

  function sign(body: string, given: { id?: string; at?: Date; by?: string } = {}): Record<string, string> {
    const { id = "msg_1", at = new Date(), by = secret } = given;
    const timestamp = String(Math.floor(at.getTime() / 1000));
    const key = Buffer.from(by.slice("whsec_".length), "base64");
    const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
  }
  const body = JSON.stringify({ action: "deleted", campaignId: "signed" });
  const minutesFromNow = (n: number) => new Date(Date.now() + n * 60_000);
  const other = `whsec_${Buffer.from("another secret of 32 characters !").toString("base64")}`;

  it("takes what is signed with it, also beside another signature", async () => {
    const headers = sign(body);
    expect((await send(body, headers, signed)).status).toBe(200);
    const both = `v1,${"A".repeat(44)} ${headers["webhook-signature"]}`;
    expect((await send(body, { ...headers, "webhook-signature": both }, signed)).status).toBe(200);
  });

  it("does the same message once, whatever came in between", async () => {
    const campaign = { id: "replayed", name: "n", status: "active", products: [], prices: [] };
    const made = JSON.stringify({ action: "created", campaign });
    const headers = sign(made, { id: "msg_made" });
    expect(await (await send(made, headers, signed)).json()).toMatchObject({ result: "created" });
    const gone = JSON.stringify({ action: "deleted", campaignId: "replayed" });
    expect(await (await send(gone, sign(gone, { id: "msg_gone" }), signed)).json()).toMatchObject({
      result: "deleted",
    });
    expect(await (await send(made, headers, signed)).json()).toMatchObject({ result: "duplicate" });
  });

  it("the worked example signs as it should", async () => {
    const env = { ...process.env, KRAFTVERK_URL: signed, SOURCE_API_KEY: keys[0] ?? "", SOURCE_WEBHOOK_SECRET: secret };
    const { stdout } = await run(process.execPath, [join(examples, "announce-campaign.ts")], { env });
    expect(JSON.parse(stdout)).toMatchObject({ success: true, result: "created", campaignId: "november" });
  });

  it.each<[string, () => Record<string, string>]>([
    ["nothing signed", () => ({})],
    ["another secret", () => sign(body, { by: other })],
    ["another body", () => sign(`${body} `)],
    ["another message", () => ({ ...sign(body), "webhook-id": "msg_2" })],
    ["a moment long ago", () => sign(body, { at: minutesFromNow(-6) })],
    ["a moment to come", () => sign(body, { at: minutesFromNow(6) })],
    [
      "another scheme",
      () => ({ ...sign(body), "webhook-signature": (sign(body)["webhook-signature"] ?? "").replace("v1,", "v0,") }),
    ],
    [
      "a cut signature",
      () => ({ ...sign(body), "webhook-signature": (sign(body)["webhook-signature"] ?? "").slice(0, 20) }),
    ],
  ])("refuses %s", async (_what, headers) => {
    const before = await announcements();
    const response = await send(body, headers(), signed);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ success: false, error: "Invalid signature" });
    expect(await announcements()).toBe(before);
  });
});
