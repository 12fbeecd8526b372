import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { executeChange } from "./execute-change.ts";
import { sweepChangesJob, sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults, refused } =
  testMemberships(shop);
afterEach(() => noFaults());

type Member = Awaited<ReturnType<typeof memberOf>>;
const [variants] = [
  Object.fromEntries(
    (
      await sql`select v.id, v.product_id || ':' || p.interval as name from variants v join prices p on p.variant_id = v.id
      where p.currency = 'SEK' and p.interval is not null`
    ).map((one) => [String(one.name), String(one.id)]),
  ),
];
const target = (productId: string, interval = "month") => ({
  productId,
  variantId: variants[`${productId}:${interval}`] ?? "",
});
const quoteOf = (member: Member, productId: string, interval?: string) =>
  member.own.quote({ id: member.id, ...target(productId, interval) });
async function change(member: Member, productId: string, interval?: string) {
  const { sealed, quote } = await quoteOf(member, productId, interval);
  const { changeId } = await member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
  return { changeId, quote };
}
const lastInvoice = async ({ stripeId }: Member) =>
  (await stripe.invoices.list({ subscription: stripeId, limit: 1 })).data[0];
const receiptOf = async ({ id }: Member) =>
  (
    await sql`select r.product_id, r.amount::int as amount, r.campaign_id from subscriptions s
      join price_receipts r on r.id = s.price_receipt_id where s.id = ${id}`
  )[0];

describe("more than before, now", () => {
  it("is charged what was quoted to the minor unit, and the membership is another one with its receipt", async () => {
    const member = await memberOf("up@example.se", "oppet");
    await shop.advance("P11DT7H13M5S");
    const { sealed, quote } = await quoteOf(member, "oppet-plus");
    expect(quote).toMatchObject({ timing: "now", amount: 49_900, effectiveAt: null });
    expect(quote.preview.lines.map((line) => Math.sign(line.amount))).toEqual([-1, 1]);
    expect(quote.preview.dueNow).toBe(quote.preview.lines.reduce((sum, line) => sum + line.amount, 0));
    await shop.advance("PT9M");
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    const asked = await member.own.changePlan(wish);
    expect(await member.own.changePlan(wish)).toEqual(asked);
    await shop.work();
    expect(await lastInvoice(member)).toMatchObject({ status: "paid", amount_paid: quote.preview.dueNow });
    expect(await row(member)).toMatchObject({ product_id: "oppet-plus", amount: "49900", status: "active" });
    expect(await receiptOf(member)).toMatchObject({ product_id: "oppet-plus", amount: 49_900 });
    const [bill] = await sql`select reason, status, total_amount::int as total from invoices
      where subscription_id = ${member.id} order by created_at desc limit 1`;
    expect(bill).toMatchObject({ reason: "subscription_update", status: "paid", total: quote.preview.dueNow });
    expect(await mailsOf(member)).toEqual(["Du har nu Öppet Plus"]);
    expect(await mailsOf(member, "renewal-receipt")).toHaveLength(1);
    await shop.advance("P22D");
    await hear((await news(member)).toReversed());
    expect((await lastInvoice(member))?.total).toBe(49_900);
  });

  it("a quote that is out of date, changed, or another membership's charges nothing", async () => {
    const member = await memberOf("stale@example.se", "oppet");
    const { sealed } = await quoteOf(member, "oppet-plus");
    const ask = (of: Member, quote: string) => of.own.changePlan({ id: of.id, quote, formKey: formKey() });
    const other = await memberOf("stale-other@example.se", "oppet");
    await expect(ask(other, sealed)).rejects.toEqual(refused("subscriptions.quote_expired"));
    await expect(ask(member, `${sealed.slice(0, -4)}AAAA`)).rejects.toEqual(refused("subscriptions.quote_expired"));
    await shop.advance("PT15M1S");
    await expect(ask(member, sealed)).rejects.toEqual(refused("subscriptions.quote_expired"));
    const fresh = await quoteOf(member, "oppet-plus");
    await sql`update prices set amount = amount + 100 where product_id = 'oppet-plus' and currency = 'SEK' and "interval" = 'month'`;
    await expect(ask(member, fresh.sealed)).rejects.toEqual(refused("subscriptions.quote_expired"));
    await sql`update prices set amount = amount - 100 where product_id = 'oppet-plus' and currency = 'SEK' and "interval" = 'month'`;
    expect(await changesOf(member)).toEqual([]);
    expect(await row(member)).toMatchObject({ product_id: "oppet" });
    await expect(quoteOf(member, "oppet")).rejects.toEqual(refused("subscriptions.same_plan"));
  });

  it("of a card that the bank wants approved nothing changes until it is, by a link", async () => {
    const member = await memberOf("approve@example.se", "oppet");
    await chargeTo(member, "pm_card_authenticationRequired");
    await change(member, "oppet-plus");
    await shop.work();
    const life = await member.life();
    expect(life).toMatchObject({
      productId: "oppet",
      inFlight: { status: "awaiting_payment" },
      allowed: { plan: false },
    });
    expect(await row(member)).toMatchObject({ product_id: "oppet", amount: "39900", status: "active" });
    expect(await mailsOf(member)).toEqual(["Bytet till Öppet Plus väntar på betalningen"]);
    const url = life.inFlight?.payUrl ?? "";
    const paid = await fetch(url, { method: "POST", body: new URLSearchParams({ saved: "1" }), redirect: "manual" });
    const approval = paid.headers.get("location") ?? "";
    await fetch(new URL(approval, url), { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
    await hear(await news(member));
    expect(await row(member)).toMatchObject({ product_id: "oppet-plus", amount: "49900", status: "active" });
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    expect((await mailsOf(member))[1]).toBe("Du har nu Öppet Plus");
  });

  it("of a card that is declined comes to nothing, and is told", async () => {
    const member = await memberOf("declined@example.se", "oppet");
    await chargeTo(member, "pm_card_chargeCustomerFail");
    await change(member, "oppet-plus");
    await shop.work();
    expect(await member.life()).toMatchObject({ inFlight: { status: "awaiting_payment" } });
    await shop.advance("P2D");
    await run(sweepChangesJob);
    expect(await changesOf(member)).toMatchObject([{ status: "failed", failure_code: "not_paid" }]);
    expect(await row(member)).toMatchObject({ product_id: "oppet", status: "active", amount: "39900" });
    expect(await mailsOf(member)).toEqual(["Bytet till Öppet Plus väntar på betalningen", "Det blev inget byte"]);
    expect((await member.life()).allowed.plan).toBe(true);
  });

  it("asked for several times at once it is charged once", async () => {
    const member = await memberOf("raced@example.se", "oppet");
    const { sealed, quote } = await quoteOf(member, "oppet-plus");
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() })),
    );
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await shop.work();
    const paid = (await stripe.invoices.list({ subscription: member.stripeId })).data;
    expect(paid.map((invoice) => invoice.amount_paid)).toEqual([quote.preview.dueNow, 39_900]);
  });

  it.each(["before", "after"] as const)("lost %s it took effect, it is charged once", async (when) => {
    const member = await memberOf(`lost-${when}@example.se`, "oppet");
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId, quote } = await change(member, "oppet-plus");
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    const paid = (await stripe.invoices.list({ subscription: member.stripeId })).data;
    expect(paid.map((invoice) => invoice.amount_paid)).toEqual([quote.preview.dueNow, 39_900]);
  });
});

describe("less than before, or by another period, when the paid one is over", () => {
  it.each([
    ["dagtid", "month", 29_900],
    ["oppet-plus", "year", 499_000],
  ] as const)("%s by the %s is scheduled, shown with its day, and comes", async (productId, interval, sum) => {
    const member = await memberOf(`later-${productId}@example.se`, "oppet");
    const before = await row(member);
    const { quote } = await change(member, productId, interval);
    expect(quote).toMatchObject({ timing: "period_end", preview: { dueNow: 0 } });
    await shop.work();
    expect(await member.life()).toMatchObject({
      scheduled: { kind: "plan", amount: sum, interval },
      allowed: { keep: "plan", cancel: "period_end", plan: true },
    });
    const [shown] = (await member.browser.caller.subscriptions.mine.list()).items;
    expect(shown).toMatchObject({ amount: 39_900, nextAmount: sum });
    expect((await mailsOf(member))[0]).toMatch(/^Bytet till .* sker den /);
    await news(member);
    await shop.advance("P32D");
    await hear((await news(member)).toReversed());
    const after = await row(member);
    expect(after).toMatchObject({ product_id: productId, amount: String(sum), interval, status: "active" });
    expect(after?.current_period_start_at).toEqual(before?.current_period_end_at);
    expect(await receiptOf(member)).toMatchObject({ product_id: productId, amount: sum });
    const bills = (await stripe.invoices.list({ subscription: member.stripeId })).data;
    expect(bills.map((bill) => [bill.status, bill.total])).toEqual([
      ["paid", sum],
      ["paid", 39_900],
    ]);
    expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "applied" }]);
    expect(await mailsOf(member)).toHaveLength(1);
  });

  it("is found without a webhook, and can be taken back until its day", async () => {
    const member = await memberOf("undone@example.se", "oppet-plus");
    await change(member, "dagtid");
    await shop.work();
    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "undone" }, { kind: "keep", status: "applied" }]);
    expect((await stripe.subscriptions.retrieve(member.stripeId)).schedule).toBeNull();
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ product_id: "oppet-plus", amount: "49900" });
  });

  it("another wish takes its place: one is scheduled at a time", async () => {
    const member = await memberOf("again@example.se", "oppet-plus");
    await change(member, "dagtid");
    await shop.work();
    await change(member, "oppet");
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "superseded" }, { status: "scheduled" }]);
    expect((await member.life()).scheduled).toMatchObject({ amount: 39_900 });
    await member.own.cancel({ id: member.id, timing: "period_end", formKey: formKey() });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([
      { status: "superseded" },
      { status: "superseded" },
      { kind: "cancel", status: "scheduled" },
    ]);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ status: "canceled", product_id: "oppet-plus" });
  });

  it("a change that is made now takes the place of one that was to come", async () => {
    const member = await memberOf("over@example.se", "oppet");
    await change(member, "dagtid");
    await shop.work();
    const { quote } = await change(member, "oppet-plus");
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "superseded" }, { status: "applied" }]);
    expect((await lastInvoice(member))?.amount_paid).toBe(quote.preview.dueNow);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ product_id: "oppet-plus", amount: "49900" });
  });

  it("lost on the way it is scheduled once", async () => {
    const member = await memberOf("lost-schedule@example.se", "oppet");
    await fault({ kind: "reset", when: "after", path: "/v1/subscription_schedules" });
    const { changeId } = await change(member, "dagtid");
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "scheduled" }]);
    const schedules = (await stripe.subscriptionSchedules.list()).data.filter(
      (one) => one.subscription === member.stripeId,
    );
    expect(schedules).toHaveLength(1);
  });
});
