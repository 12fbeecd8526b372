import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { sweepSubscriptionsJob } from "../billing/jobs.ts";
import { convergeCheckout } from "../checkout/index.ts";
import { post, providerAccount, salesAccount, vatAccount, verifyLedger } from "../ledger/index.ts";
import { bookPayment, bookTaxAnew, sweepPayments, taxDifferences } from "./index.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;

async function buy(source: { productId: string; quantity?: number }) {
  const browser = shop.browser();
  const started = await browser.caller.checkout.start({ source });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "bok@example.se" });
  await browser.caller.checkout.confirm({ ref: started.ref });
  await shop.work();
  return started;
}
/** What the ledger holds, account by account, of every payment so far. */
async function books() {
  const rows = await sql<{ id: string; sum: string }[]>`
    select account_id id, sum(amount) from ledger_entries group by account_id having sum(amount) <> 0`;
  return Object.fromEntries(rows.map(({ id, sum }) => [id, Number(sum)]));
}
async function refund(checkoutId: string, amount?: number) {
  const [payment] = await sql<{ external_id: string }[]>`
    select p.external_id from payments p join orders o on o.id = p.order_id where o.checkout_id = ${checkoutId}`;
  await stripe.refunds.create({
    payment_intent: payment?.external_id ?? "",
    ...(amount === undefined ? {} : { amount }),
  });
  // As the provider's notification of it does.
  await convergeCheckout(shop.worker(), { checkoutId });
  await shop.work();
}

describe("what was paid", () => {
  let checkoutId = "";

  it("is in the books with its tax: 399 kr with 6 % inside are 376.42 and 22.58", async () => {
    ({ checkoutId } = await buy({ productId: "test-kund" }));
    expect(await books()).toEqual({ "provider:stripe:SEK": 39_900, "sales:SEK": -37_642, "vat:SEK:600": -2_258 });
  });

  it("is booked once, however often and however many at once", async () => {
    const [payment] = await sql<{ id: string }[]>`select id from payments`;
    const again = () => bookPayment(shop.worker(), { paymentId: payment?.id ?? "" });
    await Promise.all([again(), again(), again()]);
    expect(await sql`select 1 from ledger_postings`).toHaveLength(1);
  });

  it("is taken out again in parts, each with its share of the tax, and nothing is left at the end", async () => {
    await refund(checkoutId, 10_000);
    // 2,258 × 299 ÷ 399 = 1,692.08
    expect(await books()).toEqual({ "provider:stripe:SEK": 29_900, "sales:SEK": -28_208, "vat:SEK:600": -1_692 });
    await refund(checkoutId);
    expect(await books()).toEqual({});
  });

  it("of goods carries their own rate, and the books balance", async () => {
    const [towel] = await sql<
      { amount: string }[]
    >`select amount from prices where product_id = 'towel' and currency = 'SEK'`;
    const gross = Number(towel?.amount) * 2;
    await buy({ productId: "towel", quantity: 2 });
    const held = await books();
    expect(held["provider:stripe:SEK"]).toBe(gross);
    expect(held["vat:SEK:2500"]).toBe(-Math.round(gross / 5));
    expect((await verifyLedger(shop.worker())).problems).toEqual([]);
  });

  it("for a bill that was partly met by what was kept for the payer has the tax of what was paid, at the bill's own rate", async () => {
    const { memberOf, run } = testMemberships(shop);
    const member = await memberOf("kvar@example.se", "oppet");
    await stripe.customers.createBalanceTransaction(member.stripeCustomer, { amount: -10_000, currency: "sek" });
    // The rate is another than on the day of the purchase.
    await sql`update products set tax_rate_bps = 2500 where id = 'oppet'`;
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    const [paid] =
      await sql`select p.id, p.amount::int as amount, i.tax_amount::int as tax, i.total_amount::int as total
      from payments p join invoices i on i.id = p.invoice_id where i.subscription_id = ${member.id} order by p.created_at desc limit 1`;
    expect(paid).toMatchObject({ amount: 29_900, total: 39_900, tax: 7_980 });
    const entries = await sql`select e.account_id as id, e.amount::int as amount from ledger_entries e
      join ledger_postings l on l.id = e.posting_id where l.source = ${String(paid?.id)}`;
    expect(Object.fromEntries(entries.map(({ id, amount }) => [id, amount]))).toEqual({
      "provider:stripe:SEK": 29_900,
      "sales:SEK": -23_920,
      "vat:SEK:2500": -5_980,
    });
    await sql`update products set tax_rate_bps = 600 where id = 'oppet'`;
  });
});

describe("a payment that the ledger does not know", () => {
  it("is found, and booked with what was paid back of it meanwhile", async () => {
    const before = await books();
    const { checkoutId } = await buy({ productId: "test-kund" });
    const [payment] = await sql<{ id: string }[]>`
      select p.id from payments p join orders o on o.id = p.order_id where o.checkout_id = ${checkoutId}`;
    // As it was before there was a ledger: paid and partly paid back, nothing booked.
    const id = `pay_old_${payment?.id}`;
    await sql`insert into payments (id, customer_id, order_id, provider, external_id, status, currency, amount, refunded_amount, created_at)
      select ${id}, customer_id, order_id, provider, 'pi_old', 'partially_refunded', currency, amount, 10000, created_at from payments where id = ${payment?.id ?? ""}`;
    expect(await sweepPayments(shop.worker())).toBe(1);
    await shop.work();
    expect(await sweepPayments(shop.worker())).toBe(0);
    expect((await books())["provider:stripe:SEK"]).toBe((before["provider:stripe:SEK"] ?? 0) + 39_900 + 29_900);
    const kinds = await sql`select kind from ledger_postings where source = ${id} order by no`;
    expect(kinds.map(({ kind }) => kind)).toEqual(["payment.captured", "payment.refunded"]);
  });
});

describe("a payment whose tax was booked by a rule that was wrong", () => {
  const taxOf = async (id: string) => {
    const rows = await sql`select e.account_id as id, sum(e.amount)::int as sum from ledger_entries e
      join ledger_postings l on l.id = e.posting_id where l.source = ${id} group by 1 having sum(e.amount) <> 0`;
    return Object.fromEntries(rows.map((one) => [one.id, one.sum]));
  };
  /** The bill of 399.00 at 25 %, of which 299.00 were paid; its whole tax booked at the rate of the day of the purchase. */
  async function wrong(name: string, refunded = 0, tax = 7_980): Promise<string> {
    const id = `pay_${name}`;
    await sql`insert into payments (id, customer_id, invoice_id, provider, external_id, status, currency, amount, refunded_amount, booked_amount, created_at)
      select ${id}, customer_id, invoice_id, provider, ${`pi_${name}`}, ${refunded ? "partially_refunded" : "paid"}, currency, amount, ${refunded}, amount - ${refunded}, created_at
      from payments where amount = 29900 and invoice_id is not null and external_id like 'pi\\_%' and booked_amount = 29900 order by created_at limit 1`;
    const booked = [[29_900, tax], ...(refunded ? [[-refunded, -2_669]] : [])];
    for (const [i, [sum = 0, share = 0]] of booked.entries())
      await shop.worker().db.transaction((tx) =>
        post(tx, {
          ...{ key: `payment:${id}:${i + 1}`, kind: i ? "payment.refunded" : "payment.captured", source: id },
          entries: [
            { account: providerAccount("stripe", "SEK"), amount: sum },
            { account: salesAccount("SEK"), amount: share - sum },
            { account: vatAccount("SEK", 600), amount: -share },
          ],
        }),
      );
    return id;
  }
  const command = async (...args: string[]) => {
    const program = new URL("../../scripts/ledger/taxes.ts", import.meta.url).pathname;
    const { urls } = shop;
    const env = { DATABASE_URL: urls.member, DATABASE_SERVICE_URL: urls.service, DATABASE_OWNER_URL: urls.owner };
    const run = await promisify(execFile)(process.execPath, [program, ...args], { env: { ...process.env, ...env } });
    return run.stdout;
  };

  it("is named by a dry run, which changes nothing, and corrected once, however often and however many at once", async () => {
    expect((await taxDifferences(shop.worker())).found).toEqual([]);
    const whole = await wrong("tax_whole");
    const part = await wrong("tax_part", 10_000);
    const before = await taxOf(whole);
    const { found } = await taxDifferences(shop.worker());
    expect(found.map(({ paymentId, certain, right }) => [paymentId, certain, [...right]])).toEqual([
      [part, true, [[2_500, 3_980]]],
      [whole, true, [[2_500, 5_980]]],
    ]);
    expect(await command()).toMatch(
      /pay_tax_whole \(pi_tax_whole\), SEK: 79\.80 at 6 % in the books, 59\.80 at 25 % in the bill: differs/,
    );
    expect(await taxOf(whole)).toEqual(before);
    const booked = await Promise.all([1, 2, 3].map(() => bookTaxAnew(shop.worker(), { paymentId: whole })));
    expect(booked.filter(Boolean)).toHaveLength(1);
    expect(await command("--book")).toMatch(
      /pay_tax_part .*booked anew[\s\S]* 1 with another tax .*, 1 booked anew, 0 for a person/,
    );
    expect(await command("--book")).toMatch(/ 0 with another tax/);
    expect(await taxOf(whole)).toEqual({ "provider:stripe:SEK": 29_900, "sales:SEK": -23_920, "vat:SEK:2500": -5_980 });
    expect(await taxOf(part)).toEqual({ "provider:stripe:SEK": 19_900, "sales:SEK": -15_920, "vat:SEK:2500": -3_980 });
    const kinds = await sql`select kind, reason from ledger_postings where source = ${whole} order by no`;
    expect(kinds[1]).toEqual({ kind: "payment.tax_corrected", reason: "the tax that its bill names" });
    expect((await verifyLedger(shop.worker())).problems).toEqual([]);
    // What is paid back afterwards leaves nothing behind.
    await sql`update payments set refunded_amount = amount, status = 'refunded' where id = ${whole}`;
    await Promise.all([1, 2].map(() => bookPayment(shop.worker(), { paymentId: whole })));
    expect(await taxOf(whole)).toEqual({});
    expect(await bookTaxAnew(shop.worker(), { paymentId: whole })).toBe(false);
  });

  it("is left to a person where the books hold another sum than was booked of it", async () => {
    const paymentId = await wrong("tax_behind");
    await sql`update payments set booked_amount = 20000 where id = ${paymentId}`;
    const { found } = await taxDifferences(shop.worker());
    expect(found.find((one) => one.paymentId === paymentId)).toMatchObject({ certain: false });
    expect(await bookTaxAnew(shop.worker(), { paymentId })).toBe(false);
    await sql`update payments set booked_amount = 29900 where id = ${paymentId}`;
    expect(await bookTaxAnew(shop.worker(), { paymentId })).toBe(true);
  });

  it("is left to a person where its bill names no rate that the shop has had", async () => {
    const paymentId = await wrong("tax_unclear");
    await sql`update invoices set tax_amount = 1234 where id = (select invoice_id from payments where id = ${paymentId})`;
    const { found } = await taxDifferences(shop.worker());
    expect(found.find((one) => one.paymentId === paymentId)).toMatchObject({ certain: false });
    expect(await bookTaxAnew(shop.worker(), { paymentId })).toBe(false);
    expect(await command("--book")).toMatch(/pay_tax_unclear .*look at it by hand/);
  });
});
