import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { lateChanges, type LateMember as Member } from "../../scripts/test/late-changes.ts";
import { executeChange } from "./execute-change.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";
import { lookAtSubscription } from "./look-at-subscription.ts";

const shop = await testCheckoutShop({}, [setByHand("subscription")]);
const { stripe } = shop;
const late = await lateChanges(shop);
const { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults } = late;
const { become, giveFree, overtaken, moneyOf, textOf, alertsOf, intoItsHour } = late;
afterEach(() => noFaults());

describe("what else comes with the end of a period, and comes after it,", () => {
  it("a pause, has begun on its day: the period since is paid back, and it goes on as was told", async () => {
    const member = await memberOf("late-pause@example.se", "oppet");
    const told = (await row(member))?.current_period_end_at;
    await member.own.pause({ id: member.id, months: 2, formKey: formKey() });
    await shop.advance("P33D");
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "paused", pause_at: told });
    expect(await changesOf(member)).toMatchObject([{ kind: "pause", status: "applied" }]);
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 39_900],
    ]);
    expect(await textOf(member)).toContain("vi var sena");
    await shop.advance("P30D");
    await run(sweepSubscriptionsJob);
    expect(await moneyOf(member)).toHaveLength(2);
  });

  it("a pause that a renewal overtakes on its way, rests since the day that was told: what was charged is paid back", async () => {
    const member = await memberOf("overtaken-pause@example.se", "oppet");
    const told = (await row(member))?.current_period_end_at;
    const { changeId } = await member.own.pause({ id: member.id, months: 2, formKey: formKey() });
    const worker = overtaken("subscriptions", "update", () => shop.advance("P33D"));
    await expect(executeChange(worker, { changeId })).rejects.toThrow("meanwhile");
    await shop.work();
    await hear(await news(member));
    expect(await row(member)).toMatchObject({ status: "paused", pause_at: told });
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 39_900],
    ]);
    expect(await textOf(member)).toContain("vi var sena");
  });

  it("a pause, voids the renewal alone that is about to be charged: a draft of something else stays one", async () => {
    const member = await memberOf("other-draft@example.se", "oppet");
    const { changeId } = await member.own.pause({ id: member.id, months: 2, formKey: formKey() });
    await intoItsHour(member);
    const [customer, subscription] = [member.stripeCustomer, member.stripeId];
    await stripe.invoiceItems.create({ customer, subscription, amount: 4_900, currency: "sek", description: "Skåp" });
    const other = await stripe.invoices.create({ customer, subscription, auto_advance: false });
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ kind: "pause", status: "applied" }]);
    const bills = (await stripe.invoices.list({ subscription })).data;
    expect(bills.find(({ id }) => id === other.id)?.status).toBe("draft");
    expect(bills.find((bill) => bill.billing_reason === "subscription_cycle")?.status).toBe("void");
  });

  it.each([
    ["heard", "not_allowed_any_more"],
    ["unheard", "not_active"],
  ])("a pause of what is overdue by then (%s), is laid before a person", async (heard, code) => {
    const member = await memberOf(`late-pause-${heard}@example.se`, "oppet");
    await chargeTo(member, "pm_card_chargeCustomerFail");
    const { changeId } = await member.own.pause({ id: member.id, months: 2, formKey: formKey() });
    await shop.advance("P33D");
    await (heard === "heard" ? lookAtSubscription(shop.worker(), { subscriptionId: member.id }) : undefined);
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ status: "failed", failure_code: code }]);
    expect(await alertsOf(member)).toEqual([39_900]);
  });

  it("a cheaper membership, is had at once, and what it costs less is paid back", async () => {
    const member = await memberOf("late-cheaper@example.se", "oppet-plus");
    await become(member, "oppet");
    await shop.advance("P33D");
    await shop.work();
    expect(await row(member)).toMatchObject({ product_id: "oppet", amount: "39900", status: "active" });
    expect(await moneyOf(member)).toEqual([
      [49_900, 0],
      [49_900, 10_000],
    ]);
    expect(await textOf(member)).toContain("vi var sena");
    await shop.advance("P31D");
    await run(sweepSubscriptionsJob);
    expect((await moneyOf(member)).at(-1)).toEqual([39_900, 0]);
  });

  it("one by another cycle, begins now, and what was charged instead is paid back", async () => {
    const member = await memberOf("late-year@example.se", "oppet");
    await become(member, "oppet", "year");
    await shop.advance("P33D");
    await shop.work();
    await hear(await news(member));
    const held = await row(member);
    expect(held).toMatchObject({ interval: "year", status: "active" });
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 39_900],
      [Number(held?.amount), 0],
    ]);
  });

  it("free time, pays back what was charged before it: nothing was to be charged till its end", async () => {
    const member = await memberOf("late-free@example.se", "oppet");
    const { until } = await giveFree(member);
    await shop.advance("P33D");
    await shop.work();
    expect(await row(member)).toMatchObject({ status: "trialing" });
    expect((await member.life()).currentPeriodEndAt).toEqual(until);
    await hear(await news(member));
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 39_900],
    ]);
  });

  it("free time that came in time and is seen after its end, pays back nothing of what is charged with that", async () => {
    const member = await memberOf("free-seen-late@example.se", "oppet");
    const { changeId, until } = await giveFree(member);
    await fault({ kind: "reset", when: "after", path: "/v1/subscriptions/" });
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await shop.advance(`PT${Math.ceil((until.getTime() - shop.runtime.clock.now().getTime()) / 3_600_000) + 72}H`);
    await shop.work();
    await hear(await news(member));
    expect(await changesOf(member)).toMatchObject([{ kind: "free", status: "applied" }]);
    expect((await textOf(member)).includes("vi var sena")).toBe(false);
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 0],
    ]);
  });

  it("fewer of one, are charged for from the day that was told", async () => {
    const member = await memberOf("late-fewer@example.se", "oppet-plus", undefined, 3);
    const { sealed } = await member.own.quoteUnits({ id: member.id, units: 1 });
    await member.own.changeUnits({ id: member.id, quote: sealed, formKey: formKey() });
    await shop.advance("P33D");
    await shop.work();
    expect(await row(member)).toMatchObject({ quantity: 1, amount: "49900" });
    expect(await moneyOf(member)).toEqual([
      [149_700, 0],
      [149_700, 99_800],
    ]);
  });
});

it("a cheaper membership whose period ends while it is being booked, is late and not refused", async () => {
  const member = await memberOf("ends-meanwhile@example.se", "oppet-plus");
  const { changeId } = await become(member, "oppet");
  const worker = overtaken("subscriptionSchedules", "update", () => shop.advance("P33D"));
  await expect(executeChange(worker, { changeId })).rejects.toThrow("meanwhile");
  await shop.work();
  expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "applied" }]);
  expect(await row(member)).toMatchObject({ product_id: "oppet", amount: "39900" });
  await hear(await news(member));
  expect(await moneyOf(member)).toEqual([
    [49_900, 0],
    [49_900, 10_000],
  ]);
});

describe("what is refused when the period is over by our clock, and the provider has not renewed,", () => {
  afterEach(() => shop.advance("PT1S"));
  /** Our clock alone is past the end that was told; the provider refuses what it would book then. */
  async function between(member: Member, ahead: number) {
    const told = Date.parse(String((await row(member))?.current_period_end_at));
    shop.runtime.clock.setOffset(told + ahead - Date.now());
    await fault({ kind: "error", status: 400, path: "/v1/subscription_schedules/" });
  }

  it("is tried again, and late once another period has begun", async () => {
    const member = await memberOf("not-renewed@example.se", "oppet-plus");
    const { changeId } = await become(member, "oppet");
    await between(member, 5_000);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow("not renewed yet");
    expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "sent", failure_code: null }]);
    await noFaults();
    await shop.advance("P33D");
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "applied" }]);
    await hear(await news(member));
    expect(await moneyOf(member)).toEqual([
      [49_900, 0],
      [49_900, 10_000],
    ]);
  });

  it("is tried again, also where the provider's clock is before ours, and comes in time when it is taken", async () => {
    const member = await memberOf("taken-between@example.se", "oppet-plus");
    const { changeId } = await become(member, "oppet");
    await between(member, -20_000);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow("not renewed yet");
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "scheduled" }]);
    await shop.advance("P33D");
    await hear(await news(member));
    expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "applied" }]);
    expect(await moneyOf(member)).toEqual([
      [49_900, 0],
      [39_900, 0],
    ]);
  });

  it("is refused when it has not renewed for hours, and its member is told", async () => {
    const member = await memberOf("never-renewed@example.se", "oppet-plus");
    const { changeId } = await become(member, "oppet");
    await between(member, 3 * 60 * 60_000);
    await executeChange(shop.worker(), { changeId });
    expect(await changesOf(member)).toMatchObject([{ kind: "plan", status: "failed" }]);
    await shop.work();
    expect(await mailsOf(member)).toHaveLength(1);
  });
});
