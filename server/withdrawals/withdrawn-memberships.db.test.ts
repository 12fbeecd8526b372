import { describe, expect, it } from "vitest";
import { between } from "../../scripts/test/between.ts";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";
import { lookAtSubscription } from "../billing/look-at-subscription.ts";
import { stripeSubscriptions } from "../providers/stripe/subscriptions.ts";
import { decideReceivedWithdrawal } from "./decide-withdrawal.ts";
import { endMemberships } from "./index.ts";

const shop = await testCheckoutShop({}, [setByHand("payment", "withdrawal", "fulfilment")]);
const { sql, stripe } = shop;
const {
  formKey,
  refused,
  finance,
  order,
  options,
  withdraw,
  outcome,
  whole,
  refundEvents,
  state,
  numberOf,
  statementOf,
  lettersOf,
  converge,
} = testWithdrawals(shop);

describe("memberships (the clock moves)", () => {
  it("started on request is paid by the days that passed, ends at Stripe, and is not charged again", async () => {
    const browser = shop.browser();
    const started = await browser.caller.checkout.start({ source: { productId: "test-kund" }, startConsent: true });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, { email: "member@example.se" });
    const purchase = { ...started, browser, email: "member@example.se" };
    await converge(purchase);
    await shop.work();
    await shop.advance("P10D");
    const { lines } = await options(purchase);
    const [line] = lines;
    expect(line).toMatchObject({ kind: "service", open: true, used: { days: 10 } });
    const expected = Math.ceil((39_900 * ((line?.used?.ofDays ?? 0) - 10)) / (line?.used?.ofDays ?? 1));
    expect(line?.refundAmount).toBe(expected);
    await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toEqual({ ...whole(expected), payment: "partially_refunded" });
    const [membership] =
      await sql`select s.status, s.stripe_subscription_id as id from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${started.checkoutId}`;
    expect(membership?.status).toBe("canceled");
    expect((await stripe.subscriptions.retrieve(String(membership?.id))).status).toBe("canceled");
  });

  it.each(["running", "ended"])(
    "asks for nothing more of what is %s: a bill that is open or about to be charged is void",
    async (state) => {
      const { memberOf } = testMemberships(shop);
      const member = await memberOf(`open-bill-${state}@example.se`, "oppet");
      const [found] = await sql`select order_id from subscriptions where id = ${member.id}`;
      const customer = member.stripeCustomer;
      for (const amount of [500, 700])
        await stripe.invoices
          .create({ customer, subscription: member.stripeId, auto_advance: false })
          .then(({ id: invoice }) => stripe.invoiceItems.create({ customer, invoice, amount, currency: "sek" }))
          .then(({ invoice }) => (amount === 500 ? stripe.invoices.finalizeInvoice(String(invoice)) : undefined));
      if (state === "ended") {
        await stripe.subscriptions.cancel(member.stripeId);
        await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
      }
      const order = { orderId: String(found?.order_id) };
      const [{ id = "" } = {}] = (await member.browser.caller.withdrawals.options(order)).lines;
      await member.browser.caller.withdrawals.submit({ order, lineIds: [id], formKey: formKey() });
      await shop.work();
      const { data } = await stripe.invoices.list({ subscription: member.stripeId });
      expect(data.map((bill) => [bill.status, bill.total])).toEqual([
        ["void", 700],
        ["void", 500],
        ["paid", 39_900],
      ]);
    },
  );

  it("that waits for a dispute ends at once, and from then on can be approved, not refused", async () => {
    const purchase = await order("test-kund");
    await sql`update payments set status = 'disputed' where order_id = (select id from orders where checkout_id = ${purchase.checkoutId})`;
    const { id } = await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "disputed" } });
    const [ended] =
      await sql`select s.status from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${purchase.checkoutId}`;
    expect(ended?.status).toBe("canceled");
    const caller = await finance();
    const [row] = await sql`select order_id as id from withdrawals where id = ${id}`;
    expect(await caller.withdrawals.ofOrder({ id: String(row?.id) })).toMatchObject([{ id, mayRefuse: false }]);
    await expect(caller.withdrawals.refuse({ id, reason: "the bank has it" })).rejects.toEqual(
      refused("withdrawals.membership_ended"),
    );
    await sql`update payments set status = 'paid' where order_id = ${row?.id ?? ""}`;
    await caller.withdrawals.approve({ id, reason: "the dispute was won" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ payment: "refunded", withdrawal: { status: "refunded" } });
  });

  it("that were said to be taken back on the last day are in time, whenever that is confirmed; a day later it is too late", async () => {
    const purchase = await order("test-kund");
    const number = await numberOf(purchase);
    const { lastDay } = (await options(purchase)).lines[0] ?? {};
    const left = Date.parse(`${lastDay}T20:00:00Z`) - shop.worker().now().getTime();
    await shop.advance(`PT${Math.floor(left / 3_600_000)}H`);
    const said = await state({ number, email: purchase.email });
    await shop.work();
    const { kind, id } = { kind: "withdrawal_statement", ...said };
    const statedAt = new Date(String((await statementOf(id))?.at));
    const queue = async () =>
      (await (await finance()).overview.workQueue()).items.filter((one) => one.kind === kind && one.id === id);
    expect(await queue()).toEqual([]);
    await shop.advance("P5D");
    expect(await queue()).toMatchObject([{ subject: number, detail: "unconfirmed", amount: 39_900 }]);
    expect(await options(purchase)).toMatchObject({ statedAt, lines: [{ open: true }] });
    const late = await state({ number, email: purchase.email });
    await shop.work();
    expect(await statementOf(late.id)).toMatchObject({ status: "dismissed", dismissal: "too_late" });
    expect((await lettersOf(late.id)).map((one) => one.template)).toEqual(["withdrawal-stated"]);
    await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toEqual(whole(39_900));
    expect(await statementOf(id)).toMatchObject({ status: "carried_out" });
  });

  it("that were said to be taken back long ago are staff's to take back: no buyer has months of them paid back by a press", async () => {
    const purchase = await order("test-kund");
    const said = await state({ number: await numberOf(purchase), email: purchase.email });
    await shop.work();
    const statedAt = new Date(String((await statementOf(said.id))?.at));
    await shop.advance("P13DT23H");
    expect(await options(purchase)).toMatchObject({ statedAt, leftToStaff: false, lines: [{ open: true }] });
    await shop.advance("P40D");
    const [membership] =
      await sql`select s.id from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${purchase.checkoutId}`;
    await lookAtSubscription(shop.worker(), { subscriptionId: String(membership?.id) });
    await shop.work();
    expect(await options(purchase)).toMatchObject({ statedAt, leftToStaff: true, lines: [{ open: false }] });
    await expect(withdraw(purchase)).rejects.toEqual(refused("withdrawals.left_to_staff"));
    expect(await outcome(purchase)).toMatchObject({ withdrawal: undefined, atStripe: [] });
    expect(await statementOf(said.id)).toMatchObject({ status: "unconfirmed" });
    const { statements } = (await finance()).withdrawals;
    const lineIds = ((await statements.get({ id: said.id })).order?.lines ?? []).map((line) => line.id);
    await statements.carryOut({ id: said.id, reason: "has not been here since", lineIds });
    await shop.work();
    expect(await statementOf(said.id)).toMatchObject({ status: "carried_out" });
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded", amount: 2 * 39_900 } });
  });

  it("said too late, and too often for another mail, waits for staff, who write", async () => {
    const purchase = await order("test-kund");
    await shop.advance("P20D");
    for (let n = 0; n < 5; n++) await state({ number: "KV-99994", email: purchase.email });
    const { id } = await state({ number: await numberOf(purchase), email: purchase.email });
    await shop.work();
    expect(await lettersOf(id)).toEqual([]);
    expect(await statementOf(id)).toMatchObject({ status: "unconfirmed" });
    const { items } = await (await finance()).overview.workQueue();
    expect(items.find((one) => one.id === id)).toMatchObject({ detail: "not_mailed" });
  });

  it("is refused, with its reason, after the last day", async () => {
    const purchase = await order("test-kund");
    await shop.advance("P20D");
    expect((await options(purchase)).lines[0]).toMatchObject({ open: false, refundAmount: 0 });
    await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({
      payment: "paid",
      withdrawal: { status: "refused", amount: 0 },
      refunds: [],
      atStripe: [],
    });
    // Nor does it end, though a person were to look at it: what came too late takes no membership.
    const [late] =
      await sql`update withdrawals set status = 'needs_review' where order_id = (select id from orders where checkout_id = ${purchase.checkoutId}) returning id`;
    await endMemberships(shop.worker(), { withdrawalId: String(late?.id) });
    const [kept] =
      await sql`select s.status, s.stripe_subscription_id as id from subscriptions s join orders o on o.id = s.order_id where o.checkout_id = ${purchase.checkoutId}`;
    expect(kept?.status).toBe("active");
    expect((await stripe.subscriptions.retrieve(String(kept?.id))).status).toBe("active");
    await (await finance()).withdrawals.refuse({ id: String(late?.id), reason: "fourteen days have passed" });
  });
});

it("money that the bank sends back long after is owed again, and a person is told", async () => {
  const browser = shop.browser();
  const started = await browser.caller.checkout.start({ source: { productId: "bag" } });
  if (started.outcome !== "open") throw new Error(started.outcome);
  await shop.pay(started.url, { email: "sent-back@example.se", card: "4000 0000 0000 5126" });
  const purchase = { ...started, browser, email: "sent-back@example.se" };
  await converge(purchase);
  await shop.work();
  await withdraw(purchase);
  await shop.work();
  expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" } });
  await shop.advance("P3D");
  for (const event of await refundEvents()) await shop.receive(event);
  await shop.work();
  expect(await outcome(purchase)).toMatchObject({
    payment: "paid",
    refunded: 0,
    withdrawal: { status: "needs_review", why: "refund_failed" },
  });
});

it.each([
  ["more of a membership", "oppet-plus"],
  ["another membership", "oppet"],
] as const)(
  "%s that was taken later is paid back by the days that it was there, beside what was before by its own, and ends",
  async (what, productId) => {
    const { memberOf, row } = testMemberships(shop);
    const member = await memberOf(`grew-${productId}@example.se`, productId);
    const first = Number((await row(member))?.amount);
    const [bought] =
      await sql`update checkouts set start_consent_at = created_at where id = (select o.checkout_id from orders o
    join subscriptions s on s.order_id = o.id where s.id = ${member.id}) returning (select order_id from subscriptions where id = ${member.id}) as order`;
    const order = { orderId: String(bought?.order) };
    await shop.advance("P9D");
    const more = what === "more of a membership";
    const target = { productId: "oppet-plus", variantId: "oppet-plus-month" };
    const { sealed, quote } = await (more
      ? member.own.quoteUnits({ id: member.id, units: 4 })
      : member.own.quote({ id: member.id, ...target }));
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    await (more ? member.own.changeUnits(wish) : member.own.changePlan(wish));
    await shop.work();
    await shop.advance("P2D");
    const { lines } = await member.browser.caller.withdrawals.options(order);
    const [{ used, refundAmount, id } = { used: null, refundAmount: 0, id: "" }] = lines;
    expect(used?.days).toBe(11);
    const ofDays = used?.ofDays ?? 0;
    const share = (amount: number, days: number, of: number) => Math.ceil((amount * (of - days)) / of);
    expect(quote.preview.dueNow).toBeGreaterThan(0);
    expect(refundAmount).toBe(share(first, 11, ofDays) + share(quote.preview.dueNow, 2, ofDays - 9));
    await member.browser.caller.withdrawals.submit({ order, lineIds: [id], formKey: formKey() });
    await shop.work();
    const [back] =
      await sql`select sum(amount)::int as sum from refunds where order_id = ${order.orderId} and status = 'succeeded'`;
    expect(back?.sum).toBe(refundAmount);
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect((await stripe.subscriptions.retrieve(member.stripeId)).status).toBe("canceled");
  },
);

describe("a membership that staff had made a cheaper one at once", () => {
  const { memberOf, row, fault, noFaults } = testMemberships(shop);
  const kept = async (customer: string) => {
    const found = await stripe.customers.retrieve(customer);
    return found.deleted ? 0 : found.balance;
  };
  /** What was paid, what is kept of it since, and its order. */
  async function downgraded(email: string) {
    const member = await memberOf(email, "oppet-plus");
    await shop.advance("P3D");
    const office = (await finance()).billing.office;
    const [month] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
      where v.product_id = 'oppet' and p.interval = 'month' and p.currency = 'SEK' and p.active`;
    const wish = { id: member.id, productId: "oppet", variantId: String(month?.id), timing: "now" as const };
    const { sealed } = await office.quote(wish);
    await office.changePlan({ id: member.id, quote: sealed, reason: "Fel nivå.", formKey: formKey() });
    await shop.work();
    const credit = -(await kept(member.stripeCustomer));
    expect(credit).toBeGreaterThan(8_000);
    const found = await row(member);
    expect(found).toMatchObject({ product_id: "oppet", balance_amount: String(-credit) });
    return { member, credit, order: { orderId: String(found?.order_id) } };
  }
  const takeBack = async ({ member, order }: Awaited<ReturnType<typeof downgraded>>) => {
    const own = member.browser.caller.withdrawals;
    const [{ id = "", refundAmount } = {}] = (await own.options(order)).lines;
    const { id: withdrawalId } = await own.submit({ order, lineIds: [id], formKey: formKey() });
    return { withdrawalId, refundAmount };
  };
  const ended = async (withdrawalId: string) => {
    const [found] = await sql`select w.status, w.refund_amount::int as amount, w.credit_amount::int as credit,
      w.credit_taken_amount::int as taken, (select sum(r.amount)::int from refunds r where r.withdrawal_id = w.id and r.status = 'succeeded') as back
      from withdrawals w where w.id = ${withdrawalId}`;
    return { ...found };
  };

  it("is paid back whole, and what was kept for the next bills ends with it, however often and however many at once", async () => {
    const all = await downgraded("cheaper@example.se");
    const { withdrawalId, refundAmount } = await takeBack(all);
    expect(refundAmount).toBe(49_900);
    await shop.work();
    const { credit } = all;
    expect(await ended(withdrawalId)).toEqual({
      status: "refunded",
      amount: 49_900,
      credit,
      taken: credit,
      back: 49_900,
    });
    expect(await kept(all.member.stripeCustomer)).toBe(0);
    expect(await row(all.member)).toMatchObject({ status: "canceled", balance_amount: "0" });
    // What somebody is given afterwards is theirs.
    await stripe.customers.createBalanceTransaction(all.member.stripeCustomer, { amount: -5_000, currency: "sek" });
    await sql`update withdrawals set credit_taken_amount = null where id = ${withdrawalId}`;
    await Promise.all([1, 2, 3].map(() => endMemberships(shop.worker(), { withdrawalId })));
    expect(await kept(all.member.stripeCustomer)).toBe(-5_000);
    expect(await ended(withdrawalId)).toMatchObject({ taken: credit });
  });

  it.each(["before", "after"] as const)("takes it once when the answer is lost %s it took effect", async (when) => {
    const all = await downgraded(`cheaper-${when}@example.se`);
    const { withdrawalId } = await takeBack(all);
    await fault({ kind: "reset", when, path: "/v1/customers/" });
    await sql`update withdrawals set status = 'refunding', credit_amount = ${all.credit} where id = ${withdrawalId}`;
    await expect(endMemberships(shop.worker(), { withdrawalId })).rejects.toThrow();
    await noFaults();
    await endMemberships(shop.worker(), { withdrawalId });
    expect(await kept(all.member.stripeCustomer)).toBe(0);
    expect(await ended(withdrawalId)).toMatchObject({ taken: all.credit });
    await sql`update withdrawals set status = 'received' where id = ${withdrawalId}`;
    // It is decided before anything ends, and so before anybody looks at what is kept since.
    await decideReceivedWithdrawal(shop.worker(), { withdrawalId });
    await shop.work();
    expect(await ended(withdrawalId)).toMatchObject({ status: "refunded", back: 49_900 });
  });

  it("takes no more than was there, though a bill uses it in between and its worker is lost before it has given that again", async () => {
    const { id } = await stripe.customers.create({ email: "used-between@example.se" });
    const move = (amount: number) => stripe.customers.createBalanceTransaction(id, { amount, currency: "sek" });
    await move(-1_000);
    const of = { customerExternalId: id, amount: 1_000, currency: "SEK", key: "used-between" };
    const takes = (happens: (call: number) => Promise<unknown>) =>
      stripeSubscriptions(between(stripe, "customers", "createBalanceTransaction", happens)).takeBackCredit(of);
    const lost = () => Promise.reject(new Error("lost"));
    await expect(takes((call) => (call === 1 ? move(400) : lost()))).rejects.toThrow("lost");
    expect(await kept(id)).toBe(400);
    expect(await takes(async () => {})).toBe(600);
    expect(await kept(id)).toBe(0);
    // Whoever asks again hears the same and moves nothing.
    expect(await takes(lost)).toBe(600);
    expect(await kept(id)).toBe(0);
  });

  it("is paid back less what of it has paid for something else", async () => {
    const all = await downgraded("cheaper-spent@example.se");
    const spent = all.credit - 1_000;
    await stripe.customers.createBalanceTransaction(all.member.stripeCustomer, { amount: spent, currency: "sek" });
    await lookAtSubscription(shop.worker(), { subscriptionId: all.member.id });
    const { withdrawalId, refundAmount } = await takeBack(all);
    expect(refundAmount).toBe(49_900 - spent);
    // And what goes between the decision and the call is for a person.
    await stripe.customers.createBalanceTransaction(all.member.stripeCustomer, { amount: 400, currency: "sek" });
    await shop.work();
    expect(await ended(withdrawalId)).toMatchObject({ back: 49_900 - spent, credit: 1_000, taken: 600 });
    const told =
      await sql`select amount::int as amount from alerts where kind = 'withdrawals.credit_spent' and subject = ${withdrawalId}`;
    expect(told).toEqual([{ amount: 400 }]);
  });
});
