import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { executeChange } from "./execute-change.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults, refused } =
  testMemberships(shop);
afterEach(() => noFaults());

type Member = Awaited<ReturnType<typeof memberOf>>;
const finance = { ...(await shop.member("kassa@example.se")), staffRole: "finance" as const };

/** A family on Öppet Plus, 499.00 a month for each of them; up to four on the same bill. */
const family = (name: string, units = 1) => memberOf(`${name}@example.se`, "oppet-plus", undefined, units);
async function unitsTo(member: Member, units: number) {
  const { sealed, quote } = await member.own.quoteUnits({ id: member.id, units });
  const { changeId } = await member.own.changeUnits({ id: member.id, quote: sealed, formKey: formKey() });
  return { changeId, quote };
}
const paidOf = async ({ stripeId }: Member) =>
  (await stripe.invoices.list({ subscription: stripeId })).data.map((bill) => bill.amount_paid);
const textOf = async ({ email }: Member, template: string) => {
  const rows =
    await sql`select text from emails where to_address = ${email} and template = ${template} order by created_at, id`;
  return rows.map((one) => String(one.text).replaceAll("\u00a0", " ")).join("\n");
};
const comingOf = async (member: Member) =>
  (await member.own.calendar()).charges.map(({ amount, units }) => `${units} for ${amount}`);
const ms = (instant: unknown) => new Date(String(instant)).getTime();
/** What is left of the running period, to the second, as the provider counts it. */
async function leftOf(of: Member, at: string | null) {
  const found = await row(of);
  const [start, end] = [ms(found?.current_period_start_at), ms(found?.current_period_end_at)];
  return (amount: number) => Math.round((amount * (end - ms(at))) / (end - start));
}

describe("several of a membership", () => {
  it("are bought together: order, receipts, mails and every bill say how many, and each has the price that was shown", async () => {
    const browser = shop.browser({ session: await shop.member("for-many@example.se") });
    const start = (productId: string, quantity: number) =>
      browser.caller.checkout.start({ source: { productId, quantity } });
    await expect(start("oppet-plus", 5)).rejects.toMatchObject({
      cause: { code: "checkout.bad_quantity", details: { field: "quantity", most: 4 } },
    });
    await expect(start("oppet", 2)).rejects.toMatchObject({ cause: { details: { most: 1 } } });
    const member = await family("two", 2);
    expect(await row(member)).toMatchObject({ quantity: 2, amount: "99800", status: "active", extra_seats: 0 });
    const [line] =
      await sql`select l.quantity, l.unit_amount::int as unit, l.total_amount::int as total, r.amount::int as receipt,
      (r.inputs ->> 'quantity')::int as times
      from order_lines l join subscriptions s on s.order_id = l.order_id join price_receipts r on r.id = l.price_receipt_id
      where s.id = ${member.id}`;
    expect(line).toEqual({ quantity: 2, unit: 49_900, total: 99_800, receipt: 49_900, times: 2 });
    expect(await textOf(member, "order-confirmation")).toMatch(/Öppet Plus[\s\S]*× 2[\s\S]*998,00/);
    expect(await textOf(member, "membership-started")).toContain("2 × Öppet Plus");
    expect(await comingOf(member)).toEqual(Array.from({ length: 12 }, () => "2 for 99800"));
    await shop.advance("P32D");
    await hear((await news(member)).toReversed());
    expect(await paidOf(member)).toEqual([99_800, 99_800]);
    expect(await textOf(member, "renewal-receipt")).toMatch(/2 × Öppet Plus[\s\S]*998,00/);
    const life = await member.life();
    expect(life.units).toEqual({ count: 2, most: 4, eachAmount: 49_900 });
    // Anything else is had one at a time.
    expect((await (await memberOf("one@example.se", "oppet")).life()).units).toBeNull();
  });

  it("changed at the provider are what it says, and another membership is had as often as it may be", async () => {
    const member = await family("portal");
    const [item] = (await stripe.subscriptions.retrieve(member.stripeId)).items.data;
    await stripe.subscriptions.update(member.stripeId, {
      items: [{ id: item?.id ?? "", quantity: 3 }],
      proration_behavior: "none",
    });
    await hear((await news(member)).toReversed());
    expect(await row(member)).toMatchObject({ quantity: 3, amount: "149700", status: "active" });
    expect((await comingOf(member))[0]).toBe("3 for 149700");
    expect((await member.browser.caller.subscriptions.mine.list()).items[0]).toMatchObject({
      units: 3,
      nextAmount: 149_700,
    });
    const form = async (productId: string) => {
      const [one] = await sql`select v.id from variants v join prices p on p.variant_id = v.id
        where v.product_id = ${productId} and p.interval = 'month' and p.currency = 'SEK' and p.active`;
      return { id: member.id, productId, variantId: String(one?.id) };
    };
    const alone = await member.own.quote(await form("dagtid"));
    expect(alone.quote).toMatchObject({ quantity: 1, unitsBefore: 3, amount: 29_900, timing: "period_end" });
    await sql`update products set most_units = 2 where id = 'dagtid'`;
    const { sealed, quote } = await member.own.quote(await form("dagtid"));
    expect(quote).toMatchObject({ quantity: 2, unitsBefore: 3, amount: 59_800, nextAmount: 59_800 });
    await expect(member.own.changePlan({ id: member.id, quote: alone.sealed, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.quote_expired"),
    );
    await member.own.changePlan({ id: member.id, quote: sealed, formKey: formKey() });
    await shop.work();
    expect((await comingOf(member)).slice(0, 2)).toEqual(["2 for 59800", "2 for 59800"]);
    expect(await mailsOf(member)).toEqual([expect.stringContaining("Bytet till 2 × Dagtid")]);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ product_id: "dagtid", quantity: 2, amount: "59800" });
  });

  it("rest and end together: what is paid to go on, taken off and paid back is of all of them", async () => {
    const member = await family("ends", 2);
    const office = () => shop.browser({ session: finance }).caller.billing.office;
    const life = await office().life({ id: member.id });
    expect(life.chargedNow).toBe(99_800);
    expect(life.discounts?.shares.find(({ bps }) => bps === 5_000)?.amount).toBe(49_900);
    expect(life.refunds).toMatchObject({ full: 99_800 });
    await office().end({
      ...{ id: member.id, timing: "now", refund: "full", shownRefund: 99_800, formKey: formKey() },
      reason: "They asked for it",
    });
    await shop.work();
    const [paid] =
      await sql`select sum(r.amount)::int as back from refunds r join subscriptions s on s.order_id = r.order_id
      where s.id = ${member.id}`;
    expect(paid?.back).toBe(99_800);
  });
});

describe("more of a membership", () => {
  it("cost what is left of the period now, as was quoted, and are there when they are paid", async () => {
    const member = await family("more");
    await shop.advance("P10D");
    const { sealed, quote } = await member.own.quoteUnits({ id: member.id, units: 3 });
    const share = await leftOf(member, quote.prorationAt);
    expect(quote).toMatchObject({ kind: "units", timing: "now", amount: 149_700, quantity: 3, eachAmount: 49_900 });
    expect(quote.preview.dueNow).toBe(share(149_700) - share(49_900));
    const wish = { id: member.id, quote: sealed, formKey: formKey() };
    const asked = await member.own.changeUnits(wish);
    expect(await member.own.changeUnits(wish)).toEqual(asked);
    await shop.work();
    expect(await paidOf(member)).toEqual([quote.preview.dueNow, 49_900]);
    expect(await row(member)).toMatchObject({ quantity: 3, amount: "149700", extra_seats: 0 });
    expect(await mailsOf(member)).toEqual(["Du har nu 3 × Öppet Plus"]);
    expect((await comingOf(member))[0]).toBe("3 for 149700");
    await shop.advance("P25D");
    await hear((await news(member)).toReversed());
    expect((await paidOf(member))[0]).toBe(149_700);
  });

  it("of a card that the bank wants approved are there when it is, by a link", async () => {
    const member = await family("approve");
    await chargeTo(member, "pm_card_authenticationRequired");
    await shop.advance("P3D");
    await unitsTo(member, 2);
    await shop.work();
    expect(await row(member)).toMatchObject({ quantity: 1, status: "active" });
    const { inFlight } = await member.life();
    expect(inFlight).toMatchObject({ kind: "units", status: "awaiting_payment", quantity: 2 });
    const url = inFlight?.payUrl ?? "";
    const paid = await fetch(url, { method: "POST", body: new URLSearchParams({ saved: "1" }), redirect: "manual" });
    const approval = paid.headers.get("location") ?? "";
    await fetch(new URL(approval, url), { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
    await hear(await news(member));
    expect(await row(member)).toMatchObject({ quantity: 2, amount: "99800" });
    expect(await changesOf(member)).toMatchObject([{ kind: "units", status: "applied" }]);
  });

  it("asked for several times at once are charged once", async () => {
    const member = await family("race");
    await shop.advance("P3D");
    const { sealed, quote } = await member.own.quoteUnits({ id: member.id, units: 2 });
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => member.own.changeUnits({ id: member.id, quote: sealed, formKey: formKey() })),
    );
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await shop.work();
    expect(await paidOf(member)).toEqual([quote.preview.dueNow, 49_900]);
  });

  it.each(["before", "after"] as const)("lost %s they took effect, are charged once", async (when) => {
    const member = await family(`lost-${when}`);
    await shop.advance("P3D");
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId, quote } = await unitsTo(member, 2);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ status: "applied" }]);
    expect(await paidOf(member)).toEqual([quote.preview.dueNow, 49_900]);
  });

  it("are refused beyond the most, unchanged, of others, of what is had one at a time, and at a quote that is another's or too old", async () => {
    const member = await family("refused", 2);
    const ask = (units: number) => member.own.quoteUnits({ id: member.id, units });
    await expect(ask(2)).rejects.toEqual(refused("subscriptions.same_units"));
    await expect(ask(5)).rejects.toMatchObject({
      cause: { code: "subscriptions.units_out_of_range", details: { field: "units", most: 4 } },
    });
    const other = await memberOf("another@example.se", "oppet");
    await expect(other.own.quoteUnits({ id: member.id, units: 3 })).rejects.toEqual(refused("subscriptions.not_found"));
    await expect(other.own.quoteUnits({ id: other.id, units: 2 })).rejects.toEqual(
      refused("subscriptions.no_units_sold"),
    );
    const { sealed } = await ask(3);
    const use = (quote: string) => member.own.changeUnits({ id: member.id, quote, formKey: formKey() });
    // What is not on sale any more can only become fewer.
    await sql`update products set active = false where id = 'oppet-plus'`;
    await expect(ask(3)).rejects.toEqual(refused("subscriptions.units_out_of_range"));
    await sql`update products set active = true where id = 'oppet-plus'`;
    await shop.advance("PT15M1S");
    await expect(use(sealed)).rejects.toEqual(refused("subscriptions.quote_expired"));
    await expect(use("nonsense")).rejects.toEqual(refused("subscriptions.quote_expired"));
    expect(await changesOf(member)).toEqual([]);
  });
});

describe("fewer of a membership", () => {
  it("come when the paid period is over, can be taken back, and give way to more; staff change them too and say why", async () => {
    const member = await family("fewer", 3);
    const { quote } = await unitsTo(member, 1);
    expect(quote).toMatchObject({ timing: "period_end", amount: 49_900, preview: { dueNow: 0 } });
    await shop.work();
    const { items } = await member.browser.caller.subscriptions.mine.list();
    expect(items[0]).toMatchObject({ units: 3, nextUnits: 1, nextAmount: 49_900 });
    expect(await member.life()).toMatchObject({
      allowed: { keep: "units", plan: false, pause: false },
      scheduled: { kind: "units", quantity: 1, amount: 49_900 },
    });
    expect((await comingOf(member))[0]).toBe("1 for 49900");
    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    await unitsTo(member, 2);
    await shop.work();
    const office = () => shop.browser({ session: finance }).caller.billing.office;
    const { sealed } = await office().quoteUnits({ id: member.id, units: 4 });
    await office().changeUnits({ id: member.id, quote: sealed, formKey: formKey(), reason: "Agreed by telephone" });
    await shop.work();
    expect(await row(member)).toMatchObject({ quantity: 4, amount: "199600" });
    await unitsTo(member, 2);
    await shop.work();
    expect((await changesOf(member)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      ...["units undone", "keep applied", "units superseded", "units applied", "units scheduled"],
    ]);
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(member)).toMatchObject({ quantity: 2, amount: "99800", status: "active" });
    expect((await paidOf(member))[0]).toBe(99_800);
    const [why] =
      await sql`select comment from subscription_changes where subscription_id = ${member.id} and quantity = 4`;
    expect(why?.comment).toBe("Agreed by telephone");
  });
});
