import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { insertProduct, insertPurchase } from "../../scripts/test/purchases.ts";
import type { Actor } from "../kernel/actor.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { search } from "./search.ts";
import { readWorkQueue } from "./work-queue.ts";

const { urls } = await testDatabase();
const member = connect(urls.member, { name: "test" });
const service = connect(urls.service, { name: "test" });
afterAll(() => Promise.all([member.close(), service.close()]));

const now = new Date("2026-11-20T12:00:00Z");
const at = now.toISOString();
const staff: Actor = { kind: "staff", userId: "usr_1", role: "support", customerId: null, tokens: [] };
const as = (actor: Actor) => databaseFor(member, { actor, now: () => now, reactions: {} });

await service.sql`insert into campaigns (id, name, status, source, created_at, updated_at) values ('nov', 'Novemberkampanj', 'active', 'partner', ${at}, ${at})`;
await service.sql`insert into alerts (id, kind, subject, detail, raised_at) values ('alt_0', 'pricing.campaign_price_unused', 'nov', 'archived', ${at})`;
await service.sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, status, last_error, occurred_at) values ('stripe:evt_1', 'stripe', 'evt_1', 'invoice.paid', 'in_1', '{}', 'dead', 'no such thing', ${at})`;
await service.sql`insert into webhook_events (id, provider, external_id, type, payload, status, occurred_at) values ('stripe:evt_2', 'stripe', 'evt_2', 'invoice.paid', '{}', 'handled', ${at})`;
await service.sql`insert into alerts (id, kind, subject, detail, raised_at, resolved_at) values ('alt_1', 'amount_mismatch', 'chk_1', 'x', ${at}, null), ('alt_2', 'amount_mismatch', 'chk_2', 'x', ${at}, ${at})`;

describe("the work queue", () => {
  test("lists what waits for a person and nothing else, with counts and proof of life", async () => {
    const queue = await as(staff).transaction(readWorkQueue);
    expect(queue.items.map((item) => [item.kind, item.id])).toEqual(
      expect.arrayContaining([
        ["campaign_price_unusable", "nov"],
        ["webhook_dead", "stripe:evt_1"],
        ["alert", "alt_1"],
      ]),
    );
    expect(queue.items).toHaveLength(3);
    expect(queue.counts).toMatchObject({ webhook_dead: 1, alert: 1, campaign_price_unusable: 1, payment_unknown: 0 });
    expect(queue.eventsToday).toBe(2);
  });

  test("leaves out a campaign that is over", async () => {
    await service.sql`update campaigns set end_at = '2026-11-01' where id = 'nov'`;
    const queue = await as(staff).transaction(readWorkQueue);
    expect(queue.counts.campaign_price_unusable).toBe(0);
    await service.sql`update campaigns set end_at = null where id = 'nov'`;
  });

  test("calls what is running out by its name, in the order in which its options are chosen", async () => {
    const named = (sv: string, en: string) => ({ sv, en });
    const { sql } = service;
    await sql`insert into products (id, kind, name, summary, description, includes, art, category, option_names, tax_rate_bps, created_at)
      values ('tee', 'merchandise', ${JSON.stringify(named("T-shirt | bomull", "T-shirt | cotton"))}, '{}', '{}', '[]', 'tee', 'clothes', '["color","size"]', 2500, ${at})`;
    const options = { size: named("S", "S"), color: named("Svart", "Black") };
    await sql`insert into variants (id, product_id, sku, options) values ('tee-s', 'tee', 'KV-TEE-S', ${JSON.stringify(options)})`;
    await sql`insert into stock_locations (id, name) values ('here', '{"sv":"Här","en":"Here"}')`;
    await sql`insert into stock_movements (id, variant_id, location_id, delta, reason, actor, idempotency_key, at)
      values ('stm_1', 'tee-s', 'here', 2, 'received', 'test', 'first', ${at})`;
    const { items } = await as(staff).transaction(readWorkQueue);
    expect(items.find(({ kind }) => kind === "stock_low")).toMatchObject({
      ...{ id: "tee", subject: "KV-TEE-S", detail: null },
      stock: { left: 2, names: [named("T-shirt | bomull", "T-shirt | cotton"), options.color, options.size] },
    });
  });

  test("keeps a refund that failed until one of the same payment came through, not of another of the same order", async () => {
    const { sql } = service;
    await sql`insert into customers (id, email, email_normalized, locale, created_at) values ('cus_q', 'q@example.se', 'q@example.se', 'sv', ${at})`;
    const worker = databaseFor(service, { actor: { kind: "system", name: "test" }, now: () => now, reactions: {} });
    await worker.transaction(async (tx) => {
      await insertProduct(tx);
      await insertPurchase(tx, { customerId: "cus_q", tag: "q", email: "q@example.se" });
    });
    const [paid] = await sql`select id, order_id from payments where order_id is not null`;
    await sql`insert into payments select (jsonb_populate_record(p, '{"id":"pay_other","external_id":"pi_other","checkout_id":null}')).*
      from payments p where id = ${paid?.id}`;
    const refund = (id: string, payment: string, status: string, day: string) =>
      sql`insert into refunds (id, payment_id, order_id, status, currency, amount, lines, reason, requested_by, idempotency_key, created_at)
        values (${id}, ${payment}, ${paid?.order_id}, ${status}, 'SEK', 10, '[]', 'late', 'test', ${id}, ${day})`;
    await refund("ref_1", String(paid?.id), "failed", "2026-11-18T12:00:00Z");
    await refund("ref_2", "pay_other", "succeeded", "2026-11-19T12:00:00Z");
    expect((await as(staff).transaction(readWorkQueue)).counts.refund_failed).toBe(1);
    await refund("ref_3", String(paid?.id), "succeeded", "2026-11-19T13:00:00Z");
    expect((await as(staff).transaction(readWorkQueue)).counts.refund_failed).toBe(0);
  });

  test("shows a customer or visitor nothing of staff's, whatever reaches it", async () => {
    const queue = await as({ kind: "anonymous", tokens: [] }).transaction(readWorkQueue);
    expect(queue.items).toEqual([]);
  });
});

describe("search", () => {
  test.each([
    ["evt_1", "webhook_event"],
    ["in_1", "webhook_event"],
    ["november", "campaign"],
    // Of the first test's purchase, and of what is made here.
    ["re_1PaidBack", "payment"],
    ["prod_Tee", "product"],
    ["off-2500-3m", "offer"],
    ["stanna", "offer"],
    ["off_1", "offer"],
  ] as const)("finds %s as a %s", async (query, kind) => {
    await service.sql`update refunds set external_id = 're_1PaidBack' where id = 'ref_2'`;
    await service.sql`update products set stripe_product_id = 'prod_Tee' where id = 'tee'`;
    await service.sql`insert into retention_offers (id, name, kind, discount_bps, months, created_by, created_at)
      values ('off_1', 'Stanna kvar', 'discount', 2500, 3, 'test', ${at}) on conflict do nothing`;
    const hits = await as(staff).transaction((tx) => search(tx, query));
    expect(hits.map((hit) => hit.kind)).toContain(kind);
  });

  test("takes wildcards and quotes as letters", async () => {
    expect(await as(staff).transaction((tx) => search(tx, "%%"))).toEqual([]);
    expect(await as(staff).transaction((tx) => search(tx, "'; drop table users; --"))).toEqual([]);
  });
});
