import type Stripe from "stripe";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type TestBrowser, testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { sendTrialEnding, sweepTrials } from "../billing/index.ts";
import { stripeCheckout } from "../providers/stripe/checkout-sessions.ts";
import { convergeCheckout } from "./index.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
Object.assign(shop.runtime.providers, { checkout: stripeCheckout(stripe, { livemode: false, openTimeoutMs: 1_500 }) });
afterEach(() => shop.sandbox.control("faults", { method: "DELETE" }));

/** The demo shop's classes: 14 days on trial, a joining fee of 99 kr, then 349 kr a month; 6 % VAT inside. */
const wish = {
  source: { productId: "gruppass" },
  shownAmount: 34_900,
  shownTerms: { trialDays: 14, setupFeeAmount: 9_900 },
} as const;

type Opened = Extract<Awaited<ReturnType<TestBrowser["caller"]["checkout"]["start"]>>, { outcome: "open" }>;
async function open(browser: TestBrowser, input: Parameters<TestBrowser["caller"]["checkout"]["start"]>[0] = wish) {
  const started = await browser.caller.checkout.start(input);
  if (started.outcome !== "open") throw new Error(`expected an open page, got ${started.outcome}`);
  return started;
}
async function buy(browser: TestBrowser, email: string): Promise<Opened> {
  const started = await open(browser);
  await shop.pay(started.url, { email });
  await browser.caller.checkout.confirm({ ref: started.ref });
  await shop.work();
  return started;
}
let seen = 0;
async function news(): Promise<Stripe.Event[]> {
  const all: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) all.push(event);
  const fresh = all.reverse().slice(seen);
  seen = all.length;
  return fresh;
}
const membershipOf = async ({ checkoutId }: Opened) =>
  (
    await sql`select s.* from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${checkoutId}`
  )[0];
const moneyOf = ({ checkoutId }: Opened) => sql`
  select i.reason, i.status, i.total_amount::int as total, i.tax_amount::int as tax, p.amount::int as paid
  from invoices i join subscriptions s on s.id = i.subscription_id join orders o on o.id = s.order_id
  left join payments p on p.invoice_id = i.id where o.checkout_id = ${checkoutId} order by i.created_at`;
const lettersTo = async (email: string) =>
  (await sql`select template, text from emails where to_address = ${email} order by template`) as unknown as {
    template: string;
    text: string;
  }[];
const plain = (text: string | undefined) => text?.replaceAll(/\s+/g, " ") ?? "";

describe("a membership with a trial and a joining fee", () => {
  const email = "prov@example.se";
  const browser = shop.browser();
  let started: Opened;
  beforeAll(async () => {
    started = await buy(browser, email);
    await news();
  });

  it("is told on the shelf as it is charged", async () => {
    const item = await browser.caller.catalog.products.get({ id: "gruppass" });
    expect(item.price).toMatchObject({ amount: 34_900, setupFeeAmount: 9_900, trial: { days: 14, noticeDays: 3 } });
  });

  it("takes the fee today and nothing else, and the order says so", async () => {
    const order = await browser.caller.orders.byRef({ ref: started.ref });
    expect(order).toMatchObject({
      totalAmount: 9_900,
      taxAmount: 560,
      lines: [
        { name: "Gruppass, Månadsvis", totalAmount: 0 },
        { name: "Startavgift, Gruppass, Månadsvis", totalAmount: 9_900 },
      ],
      trial: { noticeDays: 3, later: { amount: 34_900, currency: "SEK" } },
    });
    expect(await browser.caller.checkout.status({ ref: started.ref })).toMatchObject({
      state: "done",
      totalAmount: 9_900,
      membership: { nextAmount: 34_900, trialNoticeDays: 3 },
    });
    expect(await moneyOf(started)).toEqual([
      { reason: "subscription_create", status: "paid", total: 9_900, tax: 560, paid: 9_900 },
    ]);
    const books = await sql`select account_id id, sum(amount)::int as sum from ledger_entries group by 1 order by 1`;
    expect(books).toEqual([
      { id: "provider:stripe:SEK", sum: 9_900 },
      { id: "sales:SEK", sum: -9_340 },
      { id: "vat:SEK:600", sum: -560 },
    ]);
  });

  it("runs on trial, and its mails say what is charged when", async () => {
    const row = await membershipOf(started);
    expect(row).toMatchObject({
      ...{ status: "trialing", amount: "34900", trial_end_at: expect.any(String), had_trial: true },
    });
    expect(row?.current_period_end_at).toEqual(row?.trial_end_at);
    const letters = await lettersTo(email);
    expect(letters.map((letter) => letter.template)).toEqual(["membership-started", "order-confirmation"]);
    for (const letter of letters) expect(plain(letter.text)).toMatch(/349,00 kr dras den \d+ \p{L}+ \d{4} om du inte/u);
    expect(plain(letters[1]?.text)).toContain("Betalt 99,00 kr");
  });

  it("told again, in any order and at once, changes nothing", async () => {
    const before = [await moneyOf(started), (await lettersTo(email)).length];
    const again = () => convergeCheckout(shop.worker(), { checkoutId: started.checkoutId });
    await Promise.all([again(), again(), again()]);
    const events = (await stripe.events.list({ limit: 40 })).data;
    for (const event of events) await shop.receive(event);
    await shop.work();
    expect([await moneyOf(started), (await lettersTo(email)).length]).toEqual(before);
    expect(await sql`select 1 from subscriptions`).toHaveLength(1);
  });

  it("tells three days before that it ends, once, though Stripe says nothing", async () => {
    await shop.advance("P10D");
    expect(await sweepTrials(shop.worker())).toBe(0);
    await shop.advance("P2D");
    const [one, two] = await Promise.all([sweepTrials(shop.worker()), sweepTrials(shop.worker())]);
    expect(one + two).toBe(1);
    await shop.work();
    await sendTrialEnding(shop.worker(), { subscriptionId: String((await membershipOf(started))?.id) });
    const [letter, ...more] = (await lettersTo(email)).filter(({ template }) => template === "trial-ending");
    expect(more).toEqual([]);
    expect(plain(letter?.text)).toMatch(/349,00 kr dras för Gruppass den \d+ \p{L}+ \d{4}/u);
    await news();
  });

  it("is charged in full when the trial is over, and becomes active", async () => {
    await shop.advance("P3D");
    const events = await news();
    for (const event of [...events.toReversed(), ...events]) await shop.receive(event);
    await shop.work();
    expect(await membershipOf(started)).toMatchObject({ status: "active", amount: "34900" });
    expect(await moneyOf(started)).toEqual([
      { reason: "subscription_create", status: "paid", total: 9_900, tax: 560, paid: 9_900 },
      { reason: "subscription_cycle", status: "paid", total: 34_900, tax: 1_975, paid: 34_900 },
    ]);
    const letters = await lettersTo(email);
    expect(letters.filter(({ template }) => template === "membership-started")).toHaveLength(1);
    expect(letters.filter(({ template }) => template === "renewal-receipt")).toHaveLength(1);
    expect((await browser.caller.orders.byRef({ ref: started.ref })).trial).toBeNull();
  });
});

describe("what is charged is what was shown", () => {
  it("two presses at once are one page, which asks for the fee and offers the trial", async () => {
    const browser = shop.browser();
    const press = () => open(browser, { ...wish, formKey: "one-press-of-one-page-0001" });
    const both = await Promise.all([press(), press(), press()]);
    expect(new Set(both.map((one) => one.url)).size).toBe(1);
    const page = await stripe.checkout.sessions.retrieve(both[0].sessionId, { expand: ["line_items"] });
    expect(page).toMatchObject({ amount_total: 9_900, mode: "subscription" });
    expect(page.line_items?.data.map((line) => line.amount_total)).toEqual([0, 9_900]);
  });

  it("a lost answer is found by sending the same call again", async () => {
    const browser = shop.browser();
    const calls = [{ method: "POST", path: "/v1/checkout/sessions", times: 20, kind: "reset", when: "after" }];
    await shop.sandbox.control("faults", { body: { calls } });
    const lost = await browser.caller.checkout.start(wish);
    if (lost.outcome !== "unknown") throw new Error(lost.outcome);
    await shop.sandbox.control("faults", { method: "DELETE" });
    await shop.work();
    const found = await open(browser);
    expect(found.ref).toBe(lost.ref);
    expect((await stripe.checkout.sessions.retrieve(found.sessionId)).amount_total).toBe(9_900);
  });

  it("other terms than the card showed are told before anything is opened", async () => {
    const browser = shop.browser();
    const shown = { ...wish, shownTerms: { trialDays: 30, setupFeeAmount: 0 } };
    const terms = { variantId: "gruppass-month", shownAmount: 0, amount: 9_900, terms: true };
    expect(await browser.caller.checkout.start(shown)).toMatchObject({ outcome: "price_changed", changes: [terms] });
    await open(browser, { ...shown, acceptChangedPrices: true });
  });

  it("a trial is had once: the next time everything is paid at once", async () => {
    const session = await shop.member("igen@example.se");
    const browser = shop.browser({ session });
    const first = await buy(browser, session.email);
    expect(await membershipOf(first)).toMatchObject({ status: "trialing" });
    expect(await browser.caller.checkout.start(wish)).toMatchObject({ outcome: "price_changed" });
    const again = await open(browser, { ...wish, shownTerms: { trialDays: 0, setupFeeAmount: 9_900 } });
    expect((await stripe.checkout.sessions.retrieve(again.sessionId)).amount_total).toBe(44_800);
    await shop.pay(again.url, { email: session.email });
    await browser.caller.checkout.confirm({ ref: again.ref });
    await shop.work();
    expect(await membershipOf(again)).toMatchObject({ status: "active", trial_end_at: null });
    expect(await moneyOf(again)).toMatchObject([{ total: 44_800, tax: 2_535, paid: 44_800 }]);
    expect(await sql`select 1 from subscriptions where trial_refused`).toEqual([]);
  });
});

describe("a trial that is left", () => {
  it("taken back within it, the fee is paid back and nothing is charged later", async () => {
    const email = "angrar@example.se";
    const browser = shop.browser();
    const started = await buy(browser, email);
    const { lines } = await browser.caller.withdrawals.options({ ref: started.ref });
    expect(lines).toMatchObject([{ name: "Gruppass, Månadsvis", totalAmount: 9_900, refundAmount: 9_900, open: true }]);
    await browser.caller.withdrawals.submit({
      order: { ref: started.ref },
      lineIds: lines.map((line) => line.id),
      formKey: "form-key-of-a-trial-0001",
    });
    await shop.work();
    expect(await membershipOf(started)).toMatchObject({ status: "canceled" });
    const [money] = await sql`select p.status, p.refunded_amount::int as back from payments p
      join orders o on o.id = p.order_id where o.checkout_id = ${started.checkoutId}`;
    expect(money).toEqual({ status: "refunded", back: 9_900 });
    await shop.advance("P20D");
    for (const event of await news()) await shop.receive(event);
    await shop.work();
    await sweepTrials(shop.worker());
    await shop.work();
    expect(await moneyOf(started)).toHaveLength(1);
    expect((await lettersTo(email)).map(({ template }) => template)).not.toContain("trial-ending");
  });
});
