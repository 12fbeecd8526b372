import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { lateChanges } from "../../scripts/test/late-changes.ts";
import { executeChange } from "./execute-change.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";
import { lookAtSubscription } from "./look-at-subscription.ts";

const shop = await testCheckoutShop({}, [setByHand("subscription")]);
const { sql, stripe } = shop;
const late = await lateChanges(shop);
const { memberOf, row, changesOf, news, hear, run, mailsOf, fault, noFaults } = late;
const { intoItsHour, giveOff, nowCosts, overtaken, moneyOf, textOf, alertsOf } = late;
afterEach(() => noFaults());

describe("that comes after the charge that it was to be taken off,", () => {
  it("is paid back of what was charged in its months, and given for those that are left", async () => {
    const member = await memberOf("late-off@example.se", "oppet");
    await shop.advance("PT1M");
    const { changeId } = await giveOff(member, 3);
    await shop.advance("P33D");
    await Promise.allSettled([1, 2].map(() => executeChange(shop.worker(), { changeId })));
    await shop.work();
    await hear([...(await news(member)), ...(await news(member))]);
    expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);
    expect(await textOf(member)).toContain("vi var sena. Det som har dragits för mycket sedan dess betalas tillbaka.");
    for (let month = 0; month < 3; month++) {
      await shop.advance("P31D");
      await run(sweepSubscriptionsJob);
    }
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 9_975],
      [29_925, 0],
      [29_925, 0],
      [39_900, 0],
    ]);
    expect(await alertsOf(member)).toEqual([]);
  });

  it("whose only charge has been made, is paid back, and nothing is taken off the next one", async () => {
    const member = await memberOf("late-off-once@example.se", "oppet");
    await shop.advance("PT1M");
    await giveOff(member, 1);
    await shop.advance("P33D");
    await shop.work();
    expect(await row(member)).toMatchObject({ discount_bps: null });
    expect(await mailsOf(member)).toEqual(["Rabatten gällde betalningar som redan är gjorda"]);
    expect(await textOf(member)).toContain("betalas tillbaka");
    await shop.advance("P31D");
    await run(sweepSubscriptionsJob);
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 9_975],
      [39_900, 0],
    ]);
  });

  it("pays back nothing of a charge that it was taken off already", async () => {
    const member = await memberOf("late-off-had@example.se", "oppet");
    await shop.advance("PT1M");
    const { changeId } = await giveOff(member, 3);
    await shop.advance("P33D");
    await fault({ kind: "reset", when: "after", path: "/v1/subscriptions/" });
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await shop.advance("P31D");
    await shop.work();
    await hear(await news(member));
    expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 9_975],
      [29_925, 0],
    ]);
  });

  it.each(["cheaper", "fewer", "dearer"])(
    "that was taken off a charge already, is not paid back again when the membership becomes %s later",
    async (how) => {
      const units = how === "fewer" ? 2 : 1;
      const member = await memberOf(`late-off-then-${how}@example.se`, "oppet-plus", undefined, units);
      await shop.advance("PT1M");
      const { changeId } = await giveOff(member, 4);
      await shop.advance("P33D");
      await fault({ kind: "reset", when: "after", path: "/v1/subscriptions/" });
      await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
      await noFaults();
      await shop.advance("P31D");
      await shop.work();
      const off = units * 12_475;
      const paid = [
        [units * 49_900, 0],
        [units * 49_900, off],
        [units * 49_900 - off, 0],
      ];
      await hear(await news(member));
      expect(await moneyOf(member)).toEqual(paid);
      await nowCosts(member, how === "cheaper" ? 39_900 : how === "dearer" ? 59_900 : 49_900, 1);
      await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
      await shop.advance("P31D");
      await run(sweepSubscriptionsJob);
      await hear((await news(member)).toReversed());
      expect((await moneyOf(member)).slice(0, 3)).toEqual(paid);
      expect((await moneyOf(member)).slice(3)).toMatchObject([[expect.any(Number), 0]]);
      expect(await alertsOf(member)).toEqual([]);
    },
  );

  it.each([
    ["cheaper", 29_900],
    ["dearer", 79_900],
  ])("is paid back of a charge that is heard of when the membership is %s already", async (how, price) => {
    const member = await memberOf(`off-heard-${how}@example.se`, "oppet-plus");
    await shop.advance("PT1M");
    await giveOff(member, 4);
    await shop.advance("P64D");
    await shop.work();
    await nowCosts(member, price, 1);
    await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    await hear(await news(member));
    expect(await moneyOf(member)).toEqual([
      [49_900, 0],
      [49_900, 12_475],
      [49_900, 12_475],
    ]);
    expect(await alertsOf(member)).toEqual([]);
  });

  it("is paid back of a charge of more lines than come with a bill, that is heard of later", async () => {
    const member = await memberOf("off-many-lines@example.se", "oppet");
    await shop.advance("PT1M");
    await giveOff(member, 4);
    const [customer, subscription] = [member.stripeCustomer, member.stripeId];
    for (let towel = 0; towel < 12; towel++)
      await stripe.invoiceItems.create({
        customer,
        subscription,
        amount: 1_000,
        currency: "sek",
        description: "Handduk",
      });
    await shop.advance("P64D");
    await shop.work();
    await hear(await news(member));
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [51_900, 12_975],
      [39_900, 9_975],
    ]);
    expect(await alertsOf(member)).toEqual([]);
    // Of a bill that came with all of its lines they are not asked for.
    const [bill] = (await stripe.invoices.list({ subscription })).data;
    await fault({ kind: "reset", method: "GET", path: `/v1/invoices/${bill?.id}/lines` });
    await lookAtSubscription(shop.worker(), { subscriptionId: member.id });
  });

  it("is laid before a person of a charge whose bill does not say what was taken off it", async () => {
    const member = await memberOf("off-unsaid@example.se", "oppet");
    await shop.advance("PT1M");
    const { changeId } = await giveOff(member, 4);
    const look = () => lookAtSubscription(shop.worker(), { subscriptionId: member.id });
    // As the release before kept them; the newest is looked at with the membership.
    const unsay = () => sql`update invoices set off_lines = null where subscription_id = ${member.id}`;
    await intoItsHour(member);
    await look();
    await unsay();
    await shop.advance("P3D");
    await look();
    expect(
      await sql`select status, off_lines from invoices where subscription_id = ${member.id} order by created_at desc limit 1`,
    ).toEqual([{ status: "paid", off_lines: [[39_900, 0]] }]);
    await shop.advance("P30D");
    await unsay();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 0],
      [39_900, 9_975],
    ]);
    expect(await alertsOf(member)).toEqual([9_975]);
    await sql`update alerts set resolved_at = now() where starts_with(subject, ${member.id})`;
    await look();
    expect(await moneyOf(member)).toHaveLength(3);
    expect(await alertsOf(member)).toEqual([9_975]);
  });

  it("that is given after a renewal nobody has heard of, begins with the charge after that, as it was shown", async () => {
    const member = await memberOf("off-unheard@example.se", "oppet");
    await shop.advance("P33D");
    const { changeId } = await giveOff(member, 1);
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    await hear(await news(member));
    await shop.advance("P31D");
    await run(sweepSubscriptionsJob);
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 0],
      [29_925, 0],
    ]);
  });

  it("that a renewal overtakes on its way, counts as not made and is late", async () => {
    const member = await memberOf("overtaken-off@example.se", "oppet");
    await shop.advance("PT1M");
    const { changeId } = await giveOff(member, 3);
    await expect(
      executeChange(
        overtaken("coupons", "create", () => shop.advance("P33D")),
        { changeId },
      ),
    ).rejects.toThrow("does not show it yet");
    await shop.work();
    await hear(await news(member));
    expect(await moneyOf(member)).toEqual([
      [39_900, 0],
      [39_900, 9_975],
    ]);
  });

  it.each([
    ["before", 29_925, 0],
    ["after", 39_900, 9_975],
  ] as const)(
    "whose answer is lost %s it took effect is late where a charge came without it",
    async (when, charged, back) => {
      const member = await memberOf(`off-unknown-${when}@example.se`, "oppet");
      await shop.advance("PT1M");
      const { changeId } = await giveOff(member, 3);
      await fault({ kind: "reset", when: when === "before" ? "after" : "before", path: "/v1/subscriptions/" });
      await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
      await noFaults();
      await shop.advance("P33D");
      await shop.work();
      await hear(await news(member));
      expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);
      expect((await textOf(member)).includes("vi var sena")).toBe(back > 0);
      expect(await moneyOf(member)).toEqual([
        [39_900, 0],
        [charged, back],
      ]);
    },
  );
});
