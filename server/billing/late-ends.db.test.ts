import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { lateChanges, type LateMember as Member } from "../../scripts/test/late-changes.ts";
import { executeChange } from "./execute-change.ts";
import { sweepChangesJob } from "./jobs.ts";
import { lookAtSubscription } from "./look-at-subscription.ts";

const shop = await testCheckoutShop({}, [setByHand("subscription")]);
const { sql, stripe } = shop;
const late = await lateChanges(shop);
const { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults } = late;
const {
  office,
  cancel,
  become,
  intoItsHour,
  billsOf,
  giveFree,
  overtaken,
  moneyOf,
  textOf,
  alertsOf,
  refusedOf,
  ourCopies,
} = late;
afterEach(() => noFaults());

describe("an end that is carried out after the period that was told", () => {
  it("comes at once, and the period that nobody wanted is paid back once, however often and however many at once", async () => {
    const member = await memberOf("late-end@example.se", "oppet");
    const { changeId } = await cancel(member);
    await shop.advance("P33D");
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 0],
    ]);
    await Promise.allSettled([1, 2, 3].map(() => executeChange(shop.worker(), { changeId })));
    await shop.work();
    await run(sweepChangesJob);
    await hear([...(await news(member)), ...(await news(member))]);
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await changesOf(member)).toMatchObject([{ kind: "cancel", status: "applied" }]);
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 39_900],
    ]);
    expect(await mailsOf(member)).toEqual(["Medlemskapet är avslutat"]);
    expect(await textOf(member)).toContain("vi var sena. Det som har dragits för mycket sedan dess betalas tillbaka.");
    expect(await mailsOf(member, "refund-made")).toHaveLength(1);
    expect(await alertsOf(member)).toEqual([]);
  });

  it("before the renewal was charged: nothing is charged, and nothing waits to be", async () => {
    const member = await memberOf("in-its-hour@example.se", "oppet");
    await cancel(member);
    await intoItsHour(member);
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await billsOf(member)).toEqual(["void", "paid"]);
    await shop.advance("P3D");
    expect(await moneyOf(member)).toEqual([[39_900, 0]]);
  });

  it("of a renewal that could not be charged: it ends all the same, and nothing is asked for", async () => {
    const member = await memberOf("late-unpaid@example.se", "oppet");
    await chargeTo(member, "pm_card_chargeCustomerFail");
    const { changeId } = await cancel(member);
    await shop.advance("P33D");
    await hear(await news(member));
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await ourCopies(member)).toEqual(["paid", "void"]);
    expect(await moneyOf(member)).toEqual([[39_900, 0]]);
  });

  it.each(["before", "after"] as const)(
    "whose answer is lost %s it took effect is asked about and paid back once",
    async (when) => {
      const member = await memberOf(`late-unknown-${when}@example.se`, "oppet");
      const { changeId } = await cancel(member);
      await shop.advance("P33D");
      await fault({ kind: "reset", when, method: "DELETE", path: "/v1/subscriptions/" });
      await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
      expect(await changesOf(member)).toMatchObject([{ status: "unknown" }]);
      await noFaults();
      await sql`update subscription_changes set next_check_at = now() - interval '1 second' where id = ${changeId}`;
      await run(sweepChangesJob);
      expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
      expect(await moneyOf(member)).toEqual([
        [39_900, 0],
        [39_900, 39_900],
      ]);
    },
  );

  it("pays back every period since, also one that is heard of later, and tells staff what no card was charged for", async () => {
    const member = await memberOf("long-late@example.se", "oppet");
    await stripe.customers.createBalanceTransaction(member.stripeCustomer, { amount: -44_000, currency: "sek" });
    await cancel(member);
    await shop.advance("P64D");
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    await hear((await news(member)).toReversed());
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [35_800, 35_800],
    ]);
    // Of each bill by itself, and once: what somebody has seen to does not come back.
    expect(await alertsOf(member)).toEqual([39_900, 4_100]);
    expect(await textOf(member)).toContain("blir rätt");
    await sql`update alerts set resolved_at = now() where starts_with(subject, ${member.id})`;
    // Nor is anything paid back of a payment that never came, beside the one that did.
    await sql`insert into payments select (jsonb_populate_record(p, '{"id":"pay_dead","external_id":"pi_dead","status":"cancelled","refunded_amount":0}')).*
      from payments p join invoices i on i.id = p.invoice_id where i.subscription_id = ${member.id} and p.amount = 35800`;
    await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    expect(await alertsOf(member)).toEqual([39_900, 4_100]);
    expect(await sql`select id from refunds where payment_id = 'pay_dead'`).toEqual([]);
  });
});

it("what was charged too much and is disputed by then, is laid before a person: nothing goes back to that card twice", async () => {
  const member = await memberOf("late-disputed@example.se", "oppet");
  const { changeId } = await cancel(member);
  await shop.advance("P33D");
  const [renewal] = (await stripe.charges.list({ customer: member.stripeCustomer })).data;
  await shop.sandbox.control(`charges/${renewal?.id}/dispute`, { body: { kind: "product_not_received" } });
  await executeChange(shop.worker(), { changeId });
  await shop.work();
  await hear(await news(member));
  expect(await row(member)).toMatchObject({ status: "canceled" });
  expect(await alertsOf(member)).toEqual([39_900]);
  expect(
    await sql`select r.id from refunds r join payments p on p.id = r.payment_id
    join invoices i on i.id = p.invoice_id where i.subscription_id = ${member.id}`,
  ).toEqual([]);
  expect(await textOf(member)).toContain("blir rätt");
});

describe("an end at once that is carried out after something was charged", () => {
  it("by staff, pays back the period that began meanwhile, beside what was shown of the one before", async () => {
    const member = await memberOf("late-now@example.se", "oppet");
    const shown = (await office().life({ id: member.id })).refunds?.full ?? 0;
    const wish = { id: member.id, timing: "now" as const, refund: "full" as const, shownRefund: shown };
    await office().end({ ...wish, reason: "Fel medlemskap.", formKey: formKey() });
    await shop.advance("P33D");
    await shop.work();
    await hear((await news(member)).toReversed());
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await moneyOf(member)).toEqual([
      [39_900, 39_900],
      [39_900, 39_900],
    ]);
    expect(await textOf(member)).toContain("vi var sena");
  });

  it("while it was overdue, and was paid before: it ends all the same, and that is paid back", async () => {
    const member = await memberOf("paid-meanwhile@example.se", "oppet");
    await chargeTo(member, "pm_card_chargeCustomerFail");
    await shop.advance("P33D");
    await hear(await news(member));
    await member.own.cancel({ id: member.id, timing: "now", formKey: formKey() });
    await shop.advance("PT60S");
    await chargeTo(member, "pm_card_visa");
    const [bill] = (await stripe.invoices.list({ subscription: member.stripeId, status: "open" })).data;
    if (bill) await stripe.invoices.pay(bill.id);
    await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    expect(await row(member)).toMatchObject({ status: "active" });
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 39_900],
    ]);
  });

  it("is laid before a person when the provider refuses it, since its member was told that it ends", async () => {
    const member = await memberOf("refused-end@example.se", "oppet");
    const { changeId } = await cancel(member);
    await sql`update subscriptions set stripe_subscription_id = 'sub_gone' where id = ${member.id}`;
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ status: "failed", failure_code: "resource_missing" }]);
    expect(await refusedOf(member)).toEqual([39_900]);
  });

  it.each([
    ["a pause", "pause"],
    ["the undoing of an end", "keep"],
  ])(
    "%s that we do not allow any more is laid before a person, too: nothing else says that it is not",
    async (_, kind) => {
      const member = await memberOf(`not-allowed-${kind}@example.se`, "oppet");
      if (kind === "keep") await cancel(member);
      await shop.work();
      const wish = { id: member.id, formKey: formKey() };
      const { changeId } = await (kind === "keep" ? member.own.keep(wish) : member.own.pause({ ...wish, months: 2 }));
      await sql`update subscriptions set status = 'past_due' where id = ${member.id}`;
      await executeChange(shop.worker(), { changeId });
      expect((await changesOf(member)).at(-1)).toMatchObject({ kind, failure_code: "not_allowed_any_more" });
      expect(await refusedOf(member)).toEqual([39_900]);
    },
  );
});

describe("a renewal that is about to be charged", () => {
  it.each([
    ["end", cancel, []],
    ["pause", ({ own, id }: Member) => own.pause({ id, months: 2, formKey: formKey() }), []],
    ["free", giveFree, []],
    ["year", (member: Member) => become(member, "oppet", "year"), ["of a year"]],
  ] as const)("is not, though its worker was lost among the calls: %s", async (name, ask, more) => {
    const member = await memberOf(`lost-${name}@example.se`, "oppet");
    const { changeId } = await ask(member);
    await intoItsHour(member);
    await fault({ kind: "reset", path: "/v1/invoices/" });
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await sql`update subscription_changes set next_check_at = now() - interval '1 second' where id = ${changeId}`;
    await run(sweepChangesJob);
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    const renewals = (await stripe.invoices.list({ subscription: member.stripeId })).data.filter(
      (bill) => bill.billing_reason === "subscription_cycle",
    );
    expect(renewals.map((bill) => bill.status)).toEqual(["void"]);
    await shop.advance("P3D");
    const year = Number((await row(member))?.amount);
    expect(await moneyOf(member)).toEqual([[39_900, 0], ...more.map(() => [year, 0])]);
  });

  it("is void also when the provider closes it in between", async () => {
    const member = await memberOf("closed-between@example.se", "oppet");
    const { changeId } = await cancel(member);
    await intoItsHour(member);
    const worker = overtaken("invoices", "finalizeInvoice", async () => {
      const [draft] = (await stripe.invoices.list({ subscription: member.stripeId, status: "draft" })).data;
      if (draft) await stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });
    });
    await executeChange(worker, { changeId });
    expect(await row(member)).toMatchObject({ status: "canceled" });
    expect(await billsOf(member)).toEqual(["void", "paid"]);
  });
});
