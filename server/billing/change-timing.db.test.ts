import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { executeChange } from "./execute-change.ts";
import { sweepChangesJob, sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy } = testPlans(shop);
const { formKey, memberOf, row, changesOf, chargeTo, run, mailsOf, fault, noFaults, refused, news, hear } =
  testMemberships(shop);
afterEach(() => noFaults());

type Timing = "now" | "next_invoice" | "period_end" | "new_cycle";
type Sort = "upgrade" | "downgrade" | "interval";
const boss = shop.browser({ session: { ...(await shop.member("chef@example.se")), staffRole: "owner" } });
const office = () => boss.caller.billing.office;
const reason = "So that the spring can begin";
async function ruled(own: Partial<Record<Sort, { standard: Timing; allowed: Timing[] }>>) {
  const { newest, rules } = await boss.caller.billing.changeRules.read({});
  const seen = newest?.id ?? "";
  await boss.caller.billing.changeRules.save({ rules: { ...rules, ...own }, seen, reason });
}
const every: Timing[] = ["now", "next_invoice", "period_end", "new_cycle"];
await ruled({
  upgrade: { standard: "now", allowed: every },
  downgrade: { standard: "period_end", allowed: every },
  interval: { standard: "period_end", allowed: ["period_end", "now", "next_invoice"] },
});

const variants = new Map(
  (
    await sql`select v.id, v.product_id || ':' || p.interval as name from variants v join prices p on p.variant_id = v.id
      where p.currency = 'SEK' and p.interval is not null`
  ).map((one) => [String(one.name), String(one.id)]),
);
const target = (productId: string, interval = "month") => ({
  productId,
  variantId: variants.get(`${productId}:${interval}`) ?? "",
});
type Member = Awaited<ReturnType<typeof memberOf>>;
const quoteOf = ({ own, id }: Member, timing: Timing | undefined, productId: string, interval?: string) =>
  own.quote({ id, ...target(productId, interval), ...(timing ? { timing } : {}) });
async function change(member: Member, timing: Timing, productId: string, interval?: string) {
  const { sealed, quote } = await quoteOf(member, timing, productId, interval);
  const wish = { id: member.id, quote: sealed, formKey: formKey() };
  return { quote, wish, ...(await member.own.changePlan(wish)) };
}
const paidOf = async ({ stripeId }: Pick<Member, "stripeId">) =>
  (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data
    .map((bill) => bill.amount_paid)
    .toReversed();
/** What is left of a price at the instant of a quote, to the second. */
async function leftOf(member: Pick<Member, "id">, { prorationAt }: { prorationAt: string | null }, price: number) {
  const of = await row(member);
  const [from, until] = [of?.current_period_start_at, of?.current_period_end_at].map((at) => Date.parse(String(at)));
  if (from === undefined || until === undefined) throw new Error("no period runs");
  return Math.round((price * (until - Date.parse(prorationAt ?? ""))) / (until - from));
}
const sumsOf = async ({ own }: Member) => (await own.calendar()).charges.map(({ amount }) => amount);
const goTo = async (instant: string) => {
  const minutes = Math.round((Date.parse(instant) - shop.worker().now().getTime()) / 60_000);
  await shop.advance(`PT${minutes}M`);
};

// A month of thirty days, and the middle of it: a few seconds more or less are no öre.
await goTo(`${new Date().getUTCFullYear() + 1}-04-01T12:00:00Z`);
const asked = await memberOf("asked@example.se", "oppet");
const late = await memberOf("late@example.se", "oppet");
const raced = await memberOf("raced@example.se", "oppet");
const anew = await memberOf("anew@example.se", "oppet");
const less = await memberOf("less@example.se", "oppet-plus");
const gone = await memberOf("gone@example.se", "oppet");
const ends = await memberOf("ends@example.se", "oppet");
const again = await memberOf("again@example.se", "oppet");
const owner = await shop.member("firma@example.se");
const organizationId = await company([[owner, "owner"]]);
const firm = await buy(owner, organizationId, "enterprise");
await shop.advance("P15D");
/** What the firm is charged once its credit is used up, in cents. */
let afterCredit = 0;
const day = (at: Date | string | null) => new Date(at ?? 0).toISOString().slice(5, 10);

/** By how much what is counted to the second differs from what was worked out for the middle of the month, where the test is late. */
async function lateBy(
  member: Pick<Member, "id">,
  quote: { prorationAt: string | null },
  before: number,
  after: number,
) {
  const late = (await leftOf(member, quote, after)) - (await leftOf(member, quote, before)) - (after - before) / 2;
  expect(Math.abs(late)).toBeLessThan(50);
  return late;
}

describe("worked out by hand, at half of a month of 30 days", () => {
  it.each([
    // 399 → 499 kr: half of each is 199.50 and 249.50.
    [undefined, "oppet-plus", { timing: "now", due: 5_000, total: 5_000, next: 49_900, on: "05-01" }],
    ["next_invoice", "oppet-plus", { timing: "next_invoice", due: 0, total: 5_000, next: 54_900, on: "05-01" }],
    ["period_end", "oppet-plus", { timing: "period_end", due: 0, total: 0, next: 49_900, on: "05-01" }],
    ["new_cycle", "oppet-plus", { timing: "new_cycle", due: 29_950, total: 29_950, next: 49_900, on: "05-16" }],
    // 399 → 299 kr: 199.50 − 149.50 is left over.
    ["now", "dagtid", { timing: "now", due: 0, total: -5_000, next: 24_900, on: "05-01" }],
    ["next_invoice", "dagtid", { timing: "next_invoice", due: 0, total: -5_000, next: 24_900, on: "05-01" }],
    ["new_cycle", "dagtid", { timing: "new_cycle", due: 9_950, total: 9_950, next: 29_900, on: "05-16" }],
  ] as const)("%s to %s", async (timing, product, { due, total, next, on, timing: made }) => {
    const { quote } = await quoteOf(asked, timing, product);
    expect(quote).toMatchObject({ timing: made, promoted: false });
    const price = made === "new_cycle" ? 0 : quote.amount;
    const late = made === "period_end" ? 0 : await lateBy(asked, quote, 39_900, price);
    expect(quote.preview).toMatchObject({ dueNow: due > 0 ? due + late : 0, total: total + late });
    // What is charged at once does not come again; what is left over does.
    const later = made === "next_invoice" || total < 0 ? late : 0;
    expect([quote.nextAmount, day(quote.nextPaymentAt)]).toEqual([next + later, on]);
  });

  it.each(["now", "next_invoice"] as const)(
    "%s to the year, which cannot wait for the next invoice",
    async (timing) => {
      const { quote } = await quoteOf(asked, timing, "oppet", "year");
      expect(quote).toMatchObject({ timing: "now", promoted: timing === "next_invoice" });
      // 3 990 kr for what is left of a year that began with the month, to the second, less half of a month.
      const { prorationAt: at, nextPaymentAt: until } = quote;
      const began = (await row(asked))?.current_period_start_at;
      const [left, whole] = [at, began].map((from) => Date.parse(until ?? "") - Date.parse(String(from)));
      const half = await leftOf(asked, quote, 39_900);
      expect(quote.preview.dueNow).toBe(Math.round((399_000 * Number(left)) / Number(whole)) - half);
      expect([day(quote.nextPaymentAt), quote.nextAmount]).toEqual(["04-01", 399_000]);
    },
  );

  it("in dollars: 299 → 49 leaves 125.00 over", async () => {
    const firmOwn = () => shop.browser({ session: owner }).caller.billing.memberships;
    const [pro] = await sql`select v.id, v.product_id from variants v join products p on p.id = v.product_id
      join prices r on r.variant_id = v.id and r.interval = 'month' and r.amount = 4900 and r.active where p.kind = 'plan'`;
    const wanted = { id: firm.id, productId: String(pro?.product_id), variantId: String(pro?.id) };
    const { quote, sealed } = await firmOwn().quote({ ...wanted, timing: "next_invoice" });
    const late = await lateBy({ id: firm.id }, quote, 29_900, 4_900);
    expect(quote).toMatchObject({ currency: "USD", preview: { dueNow: 0, total: -12_500 + late }, nextAmount: 0 });
    expect(quote.preview.lines.map(({ amount }) => Math.sign(amount))).toEqual([-1, 1]);
    await firmOwn().changePlan({ id: firm.id, quote: sealed, formKey: formKey() });
    await shop.work();
    const sums = (await firmOwn().calendar()).charges.map(({ amount }) => amount);
    // 49 − 125 is 76 that is kept, then 27, then 22 is charged.
    expect(sums.slice(0, 4)).toEqual([0, 0, 2_200 + late, 4_900]);
    afterCredit = 2_200 + late;
  });
});

describe("with the next invoice", () => {
  it("is in force now, asked for twice it is one, and what it costs is everywhere where the next payment is told", async () => {
    const { quote, wish, changeId } = await change(asked, "next_invoice", "oppet-plus");
    expect(await asked.own.changePlan(wish)).toEqual({ changeId });
    await shop.work();
    expect(await changesOf(asked)).toMatchObject([{ kind: "plan", timing: "next_invoice", status: "applied" }]);
    const carried = 5_000 + (await lateBy(asked, quote, 39_900, 49_900));
    const kept = { product_id: "oppet-plus", amount: "49900", carried_amount: String(carried) };
    expect(await row(asked)).toMatchObject(kept);
    expect(await paidOf(asked)).toEqual([39_900]);
    expect((await sumsOf(asked)).slice(0, 2)).toEqual([quote.nextAmount, 49_900]);
    const mine = await asked.browser.caller.subscriptions.mine.list();
    expect(mine.items).toMatchObject([{ amount: 49_900, nextAmount: 49_900 + carried }]);
    const [mail] = await sql`select text from emails where to_address = ${asked.email} and subject like 'Du har nu%'`;
    const said = [carried, 49_900 + carried].map((sum) => `${(sum / 100).toFixed(2).replace(".", ",")} kr`);
    expect(String(mail?.text).replaceAll(/\s+/g, " ")).toContain(`Det kostar ${said[0]} för resten av perioden`);
    expect(String(mail?.text).replaceAll(/\s+/g, " ")).toContain(String(said[1]));
    // What waits would come early, or be set aside with the invoice.
    expect((await asked.life()).allowed).toMatchObject({ plan: true, pause: false, cancel: "period_end" });
    await expect(asked.own.pause({ id: asked.id, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.change_carried"),
    );
  });

  it.each(["before", "after"] as const)("lost %s it took effect, it is made once", async (when) => {
    const member = when === "before" ? late : gone;
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId } = await change(member, "next_invoice", "oppet-plus");
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    expect(await changesOf(member)).toMatchObject([{ status: "unknown" }]);
    await noFaults();
    await Promise.all([executeChange(shop.worker(), { changeId }), executeChange(shop.worker(), { changeId })]);
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    const waiting = await stripe.invoiceItems.list({ customer: member.stripeCustomer, pending: true });
    expect(waiting.data.map(({ amount }) => Math.sign(amount)).toSorted()).toEqual([-1, 1]);
  });

  it("after another in the same period tells its own cost in its mail, and both with the next payment", async () => {
    await change(again, "next_invoice", "oppet-plus");
    await shop.work();
    await shop.advance("PT5S");
    const { quote } = await change(again, "next_invoice", "dagtid");
    await shop.work();
    const own = 10_000 - (await lateBy(again, quote, 49_900, 29_900));
    const [mail] =
      await sql`select text from emails where to_address = ${again.email} and template = 'membership-change' order by created_at desc, id desc limit 1`;
    const said = String(mail?.text).replaceAll(/\s+/g, " ");
    expect(said).toContain(`${(own / 100).toFixed(2).replace(".", ",")} kr`);
    expect(quote.preview.total).not.toBe(-own);
    expect(said).not.toContain(`${(-quote.preview.total / 100).toFixed(2).replace(".", ",")} kr`);
  });

  it("of several that are asked for at once one is made; with an end it comes with that", async () => {
    const { sealed } = await quoteOf(ends, "next_invoice", "oppet-plus");
    const press = () => ends.own.changePlan({ id: ends.id, quote: sealed, formKey: formKey() });
    const results = await Promise.allSettled([press(), press(), press()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
    await shop.work();
    await ends.own.cancel({ id: ends.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    const [waits] = await sql`select carried_amount::int as sum from subscriptions where id = ${ends.id}`;
    expect((await ends.own.calendar()).charges).toMatchObject([{ amount: waits?.sum, why: "last" }]);
  });
});

describe("with a new period", () => {
  it("is charged what was quoted, once, and renews from that day", async () => {
    await fault({ kind: "reset", when: "after", path: "/v1/subscriptions/" });
    const { quote, changeId } = await change(anew, "new_cycle", "oppet-plus");
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(anew)).toMatchObject([{ timing: "new_cycle", status: "applied" }]);
    expect(await paidOf(anew)).toEqual([39_900, quote.preview.dueNow]);
    const after = await row(anew);
    expect(after).toMatchObject({ product_id: "oppet-plus", status: "active" });
    expect([day(after?.anchor_at), day(after?.current_period_end_at)]).toEqual(["04-16", "05-16"]);
    expect(await mailsOf(anew)).toEqual(["Du har nu Öppet Plus"]);
  });

  it("is not in force before it is paid; given up, nothing has changed, also for what a later change costs", async () => {
    await chargeTo(raced, "pm_card_chargeCustomerFail");
    const { sealed } = await quoteOf(raced, "new_cycle", "oppet-plus");
    const press = () => raced.own.changePlan({ id: raced.id, quote: sealed, formKey: formKey() });
    const results = await Promise.allSettled([press(), press()]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await shop.work();
    expect(await raced.life()).toMatchObject({ productId: "oppet", inFlight: { status: "awaiting_payment" } });
    expect(day((await row(raced))?.current_period_end_at)).toBe("05-01");
    await shop.advance("P1D");
    await run(sweepChangesJob);
    expect(await changesOf(raced)).toMatchObject([{ status: "failed", failure_code: "not_paid" }]);
    expect(await row(raced)).toMatchObject({ product_id: "oppet", amount: "39900", status: "active" });
    const { quote } = await quoteOf(raced, "now", "oppet-plus");
    expect(quote.preview.dueNow).toBe((await leftOf(raced, quote, 49_900)) - (await leftOf(raced, quote, 39_900)));
  });
});

describe("what members may choose", () => {
  it("is what the rules say, the shop's own way first; staff choose any way and say why", async () => {
    const { sealed, ways } = await quoteOf(raced, "next_invoice", "oppet-plus");
    expect(ways).toEqual(every);
    await ruled({ upgrade: { standard: "now", allowed: ["now"] } });
    expect((await quoteOf(raced, undefined, "oppet-plus")).ways).toEqual(["now"]);
    await expect(quoteOf(raced, "next_invoice", "oppet-plus")).rejects.toEqual(
      refused("subscriptions.timing_not_allowed"),
    );
    await expect(raced.own.changePlan({ id: raced.id, quote: sealed, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.quote_expired"),
    );
    const { quote, sealed: staffs } = await office().quote({
      ...{ id: less.id, ...target("dagtid"), timing: "next_invoice" },
    });
    const left = (await leftOf(less, quote, 29_900)) - (await leftOf(less, quote, 49_900));
    expect(quote.preview.total).toBe(left);
    await office().changePlan({ id: less.id, quote: staffs, formKey: formKey(), reason });
    await shop.work();
    expect(await row(less)).toMatchObject({ product_id: "dagtid", carried_amount: String(left) });
    const acts = await sql`select reason from audit_entries where action = 'billing.change_rules' order by at`;
    expect(acts).toEqual([{ reason }, { reason }]);
  });

  it("is an organization's own where staff gave it rules, until they take them back", async () => {
    const rules = { ...(await boss.caller.billing.changeRules.read({ organizationId })).rules };
    const own = { ...rules, upgrade: { standard: "period_end" as const, allowed: ["period_end" as const] } };
    const save = async (to: typeof own | null) => {
      const { newest } = await boss.caller.billing.changeRules.read({ organizationId });
      await boss.caller.billing.changeRules.saveOfOrganization({
        ...{ organizationId, rules: to, seen: newest?.id ?? "", reason },
      });
    };
    await save(own);
    const [enterprise] = await sql`select v.id, v.product_id from variants v join products p on p.id = v.product_id
      join prices r on r.variant_id = v.id and r.interval = 'month' and r.amount = 29900 and r.active where p.kind = 'plan'`;
    const wanted = { id: firm.id, productId: String(enterprise?.product_id), variantId: String(enterprise?.id) };
    const asks = () => shop.browser({ session: owner }).caller.billing.memberships.quote(wanted);
    expect(await asks()).toMatchObject({ quote: { timing: "period_end" }, ways: ["period_end"] });
    await save(null);
    expect(await asks()).toMatchObject({ quote: { timing: "now" }, ways: ["now"] });
    const stale = { organizationId, rules: own, seen: "", reason };
    await expect(boss.caller.billing.changeRules.saveOfOrganization(stale)).rejects.toEqual(
      refused("billing.rules_changed"),
    );
  });
});

describe("the calendar", () => {
  it("counts what the shop gives a payer at the provider once that tells of it, in the soonest bill of theirs", async () => {
    const nextOf = async () => (await late.browser.caller.subscriptions.mine.list()).items.map((one) => one.nextAmount);
    const [before = 0] = await sumsOf(late);
    expect(await nextOf()).toEqual([before]);
    const { browser, email } = late;
    const started = await browser.caller.checkout.start({ source: { productId: "dagtid" } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, { email });
    await browser.caller.checkout.confirm({ ref: started.ref });
    await shop.work();
    const [other] =
      await sql`select id from subscriptions where product_id = 'dagtid' and stripe_customer_id = ${late.stripeCustomer}`;
    await news(late);
    await stripe.customers.createBalanceTransaction(late.stripeCustomer, { amount: -10_000, currency: "sek" });
    await hear(await news(late));
    expect((await sumsOf(late)).slice(0, 2)).toEqual([before - 10_000, 29_900]);
    expect((await nextOf()).toSorted()).toEqual([29_900, before - 10_000].toSorted());
    // One that ends brings no bill.
    await late.own.cancel({ id: late.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    expect(await nextOf()).toContain(19_900);
    await late.own.keep({ id: late.id, formKey: formKey() });
    await late.own.cancel({ id: String(other?.id), timing: "period_end", formKey: formKey() });
    await shop.work();
  });

  it("is what the clock then charges, to the öre, without a word from the provider", async () => {
    const members = { asked, late, gone, ends, anew, less };
    const foretold = new Map<string, number[]>();
    const before = new Map<string, number>();
    for (const [name, member] of Object.entries(members)) {
      foretold.set(name, await sumsOf(member));
      before.set(name, (await paidOf(member)).length);
    }
    for (let month = 0; month < 3; month++) {
      await shop.advance("P1M");
      await run(sweepSubscriptionsJob);
    }
    await shop.advance("PT3H");
    for (const [name, member] of Object.entries(members)) {
      const real = (await paidOf(member)).slice(before.get(name));
      expect(real.length, name).toBe(name === "ends" ? 1 : 3);
      expect(real, name).toEqual(foretold.get(name)?.slice(0, real.length));
    }
    const [first = 0, second] = foretold.get("asked") ?? [];
    expect([first > 54_000, second]).toEqual([true, 49_900]);
    await run(sweepSubscriptionsJob);
    expect(await row(asked)).toMatchObject({ carried_amount: "0" });
    const bills = await sql`select total_amount::int as total, period_start_at from invoices
      where subscription_id = ${asked.id} order by created_at`;
    expect(bills.map((bill) => [bill.total, day(bill.period_start_at)])[1]).toEqual([first, "05-01"]);
    const [plan] = await sql`select stripe_subscription_id as "stripeId" from subscriptions where id = ${firm.id}`;
    expect((await paidOf({ stripeId: String(plan?.stripeId) })).slice(1)).toEqual([0, 0, afterCredit]);
  });
});

describe("more leftovers than come along with a preview", () => {
  it("are all in the sum that is shown, that waits then, and that comes with the next payment", async () => {
    const member = await memberOf("often@example.se", "oppet");
    await shop.advance("P10D");
    const item = (await stripe.subscriptions.retrieve(member.stripeId)).items.data[0];
    const priceOf = async (productId: string) =>
      String(
        (
          await sql`select stripe_price_id from prices where product_id = ${productId} and currency = 'SEK'
            and interval = 'month' and active`
        )[0]?.stripe_price_id,
      );
    const [plus, plain] = [await priceOf("oppet-plus"), item?.price.id ?? ""];
    for (const price of [plus, plain, plus, plain, plus, plain]) {
      await shop.advance("PT6H");
      const items = [{ id: item?.id ?? "", price }];
      await stripe.subscriptions.update(member.stripeId, { items, proration_behavior: "create_prorations" });
    }
    await hear(await news(member));
    const { quote } = await change(member, "next_invoice", "dagtid");
    expect(quote.preview.lines).toHaveLength(14);
    expect(quote.preview.total).toBe(quote.preview.lines.reduce((sum, { amount }) => sum + amount, 0));
    expect(quote.nextAmount).toBe(29_900 + quote.preview.total);
    await shop.work();
    expect(await row(member)).toMatchObject({ product_id: "dagtid", carried_amount: String(quote.preview.total) });
    expect((await sumsOf(member))[0]).toBe(quote.nextAmount);
    const now = await quoteOf(member, "now", "oppet");
    expect(now.quote.preview.lines).toHaveLength(16);
    expect(now.quote.preview.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(now.quote.preview.total);
  });
});
