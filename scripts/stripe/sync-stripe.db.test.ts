import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { createStripeClient } from "../../server/providers/stripe/client.ts";
import { HANDLED_EVENT_TYPES } from "../../server/webhooks/event-types.ts";
import { testDatabase } from "../test/database.ts";
import { testSandbox } from "../test/sandbox.ts";
import { syncStripe } from "./sync-stripe.ts";

const { urls } = await testDatabase();
const sandbox = await testSandbox();
const secretKey = "sk_test_stripe_sync";
const stripe = createStripeClient({ secretKey, apiBase: sandbox.url });
const service = postgres(urls.service, { max: 1 });
afterAll(() => service.end());
await seedDemo({ serviceUrl: urls.service });

const env = {
  DATABASE_URL: urls.member,
  DATABASE_SERVICE_URL: urls.service,
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_API_BASE: sandbox.url,
  SESSION_SECRET: "a secret that only this test knows about",
};
const shop = "https://shop.example";
const run = (dryRun = false, baseUrl: string | null = shop) => syncStripe(env, { dryRun, baseUrl });
/** The provider's newest write: it keeps its last requests only, so that their number says nothing. */
const lastWrite = async () => {
  const { requests } = (await sandbox.control("requests")) as { requests: { method: string; id: string }[] };
  return requests.find(({ method }) => method === "POST")?.id;
};
const endpoints = async () => (await stripe.webhookEndpoints.list()).data.filter(({ url }) => url.startsWith(shop));

describe("npm run stripe:sync", () => {
  it("dry, says what would be done and does nothing", async () => {
    const said = await run(true);
    expect(said).toMatch(/^act +what +id +detail$/m);
    expect(said).toMatch(/^create +product +towel +Handduk$/m);
    expect(said).toMatch(/^create +price +prc_test-kund-month_sek +39900 SEK, Test Kund, Månadsvis$/m);
    expect(said).toMatch(/^create +webhook endpoint +https:\/\/shop.example\/api\/webhooks\/stripe: \d+ event types$/m);
    expect(said).toContain("Nothing was changed.");
    expect(said).not.toContain("whsec_");
    expect(await lastWrite()).toBeUndefined();
  });

  it("makes products, prices and the endpoint, and tells its secret this once", async () => {
    expect(await run()).toMatch(/^STRIPE_WEBHOOK_SECRET=whsec_\w+$/m);
    expect((await stripe.products.retrieve("towel")).name).toBe("Handduk");
    const [row] = await service`select count(*)::int as n from prices where active and stripe_price_id is null`;
    expect(row?.n).toBe(0);
  });

  it("subscribes to exactly the event types that are ordered, in the version that is spoken", async () => {
    const [endpoint] = await endpoints();
    expect(endpoint?.enabled_events.toSorted()).toEqual(HANDLED_EVENT_TYPES);
    expect(endpoint).toMatchObject({ api_version: "2026-10-28.endive", status: "enabled" });
  });

  it("the second time finds nothing to do", async () => {
    const before = await lastWrite();
    expect(await run()).toBe("Stripe has everything as it should be.");
    expect(await lastWrite()).toBe(before);
  });

  it("settles what was changed on either side, and says how it differs first", async () => {
    await stripe.products.update("towel", { name: "Trasa" });
    await service`update products set active = false where id = 'chalk'`;
    await service`update prices set active = false where id = 'prc_cap_sek'`;
    await service`insert into prices (id, product_id, currency, amount, active, created_at)
      values ('prc_cap_sek_now', 'cap', 'SEK', 24900, true, now())`;
    const [endpoint] = await endpoints();
    await stripe.webhookEndpoints.update(endpoint?.id ?? "", { enabled_events: ["invoice.paid", "topup.created"] });
    const said = await run(true);
    expect(said).toMatch(/^update +product +towel +name: Trasa → Handduk$/m);
    expect(said).toMatch(/^archive +product +chalk +active: true → false$/m);
    expect(said).toMatch(/^create +price +prc_cap_sek_now +24900 SEK, Keps; amount: 22900 → 24900$/m);
    expect(said).toMatch(/^archive +price +price_\w+ +Keps$/m);
    expect(said).toMatch(/^update +webhook endpoint +we_\w+ .*- topup.created/m);
    expect(await run()).not.toContain("whsec_");
    expect(await run(true)).toBe("Stripe has everything as it should be.");
    expect((await endpoints())[0]?.enabled_events).toHaveLength(HANDLED_EVENT_TYPES.length);
  });

  it("leaves endpoints alone where there is no address of the shop", async () => {
    await stripe.webhookEndpoints.del((await endpoints())[0]?.id ?? "");
    expect(await run(false, null)).toBe("Stripe has everything as it should be.");
    expect(await endpoints()).toEqual([]);
  });
});
