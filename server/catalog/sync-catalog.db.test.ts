import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { syncCatalogOnce } from "../../scripts/sync-catalog.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { testSandbox } from "../../scripts/test/sandbox.ts";
import { createStripeClient } from "../providers/stripe/client.ts";

const database = await testDatabase();
const sandbox = await testSandbox();
const secretKey = "sk_test_catalog_mirror";
const stripe = createStripeClient({ secretKey, apiBase: sandbox.url });
const service = postgres(database.urls.service, { max: 1 });
afterAll(() => service.end());

const sync = () =>
  syncCatalogOnce({
    DATABASE_URL: database.urls.member,
    DATABASE_SERVICE_URL: database.urls.service,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_API_BASE: sandbox.url,
    SESSION_SECRET: "a secret that only this test knows about",
  });

const storedIds = () => service`select id, stripe_price_id from prices order by id`;
/** The provider's newest write: it keeps its last requests only, so that their number says nothing. */
const lastWrite = async () => {
  const { requests } = (await sandbox.control("requests")) as { requests: { method: string; id: string }[] };
  return requests.find(({ method }) => method === "POST")?.id;
};

beforeAll(() => seedDemo({ serviceUrl: database.urls.service }));

describe("mirroring the catalogue", () => {
  it("gives every product and price its place at the provider", async () => {
    const { prices } = await sync();
    const ids = await storedIds();
    const fees = await service`select setup_fee_stripe_price_id as id from prices where setup_fee_amount > 0`;
    expect(ids.length + fees.length).toBe(prices);
    expect(fees.length).toBeGreaterThan(0);
    expect(fees.every((row) => row.id?.startsWith("price_"))).toBe(true);
    expect(ids.every((row) => row.stripe_price_id?.startsWith("price_"))).toBe(true);
    const [row] = await service`select stripe_price_id as id from prices where id = 'prc_test-kund-month_sek'`;
    expect(await stripe.prices.retrieve(row?.id, { expand: ["product"] })).toMatchObject({
      unit_amount: 39_900,
      currency: "sek",
      recurring: { interval: "month", interval_count: 1 },
      tax_behavior: "inclusive",
      product: { id: "test-kund", name: "Test Kund", shippable: false },
    });
  });

  it("changes nothing the second time, nor when two do it at once", async () => {
    const [ids, before] = [await storedIds(), await lastWrite()];
    expect(before).toBeDefined();
    await Promise.all([sync(), sync()]);
    expect(await storedIds()).toEqual(ids);
    expect(await lastWrite()).toBe(before);
  });

  it("gives a changed amount a new price and takes the old one out of sale", async () => {
    const [old] = await service`update prices set active = false where id = 'prc_cap_sek' returning *`;
    await service`
      insert into prices (id, product_id, currency, amount, active, created_at)
      values ('prc_cap_sek_now', 'cap', 'SEK', 24900, true, now())`;
    await sync();
    const [row] = await service`select stripe_price_id as id from prices where id = 'prc_cap_sek_now'`;
    expect(await stripe.prices.retrieve(row?.id)).toMatchObject({ unit_amount: 24_900, active: true });
    expect(await stripe.prices.retrieve(old?.stripe_price_id)).toMatchObject({ active: false, lookup_key: null });
  });

  it("brings back what was archived or renamed at the provider", async () => {
    const [row] = await service`select stripe_price_id as id from prices where id = 'prc_bag_sek'`;
    await stripe.prices.update(row?.id, { active: false });
    await stripe.products.update("bag", { name: "Something else", active: false });
    await sync();
    const [now] = await service`select stripe_price_id as id from prices where id = 'prc_bag_sek'`;
    expect(now?.id).not.toBe(row?.id);
    expect(await stripe.prices.retrieve(now?.id, { expand: ["product"] })).toMatchObject({
      active: true,
      unit_amount: 44_900,
      product: { name: "Träningsväska", active: true },
    });
  });

  it("makes everything anew after the provider has lost it", async () => {
    await sandbox.control("reset", { method: "POST", body: {} });
    await sync();
    const ids = await service<{ id: string }[]>`select stripe_price_id as id from prices where active`;
    for (const { id } of ids.slice(0, 3)) expect((await stripe.prices.retrieve(id)).active).toBe(true);
  });
});
