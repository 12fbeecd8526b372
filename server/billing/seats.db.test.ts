import { afterEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { convergeSubscription } from "./converge-subscription.ts";
import { executeChange } from "./execute-change.ts";
import { sweepSubscriptionsJob } from "./jobs.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, buy } = testPlans(shop);
const { formKey, row, changesOf, news, hear, run, fault, noFaults, refused } = testMemberships(shop);
afterEach(() => noFaults());

const people = await Promise.all(
  ["agare", "bo", "cia", "dag", "eva", "fia", "gun"].map((name) => shop.member(`${name}@example.se`)),
);
const [owner, ...others] = people;
if (!owner) throw new Error("somebody owns it");
const clerk = await shop.member("ekonomi@example.se");
const finance = { ...(await shop.member("kassa@example.se")), staffRole: "finance" as const };

/** A company on enterprise, 299.00 a month for five seats and 49.00 for each beyond, with so many of its people on seats. */
async function firm(seated = 1) {
  const organizationId = await company([
    [owner as NonNullable<typeof owner>, "owner"],
    [clerk, "billing"],
  ]);
  const { id, stripe: stripeId } = await buy(clerk, organizationId, "enterprise");
  for (const session of people.slice(0, seated)) await sit(organizationId, session);
  const own = () => shop.browser({ session: clerk }).caller.billing.memberships;
  const stripeCustomer = String((await stripe.subscriptions.retrieve(stripeId)).customer);
  return { organizationId, id, stripeId, stripeCustomer, own };
}
type Firm = Awaited<ReturnType<typeof firm>>;

/** Takes a seat as acceptance of an invitation does: the database says no where there is none. */
async function sit(organizationId: string, { userId }: { userId: string }): Promise<string> {
  await sql`insert into organization_members (id, organization_id, user_id, role, joined_at)
    values (${`omb_${organizationId}_${userId}`}, ${organizationId}, ${userId}, 'member', now()) on conflict do nothing`;
  const id = `sea_${organizationId}_${userId}`;
  await sql`insert into seats (id, organization_id, user_id, status, created_at)
    values (${id}, ${organizationId}, ${userId}, 'claimed', now())`;
  return id;
}
async function seatsTo({ own, id }: Firm, seats: number, leavers: string[] = []) {
  const { sealed, quote } = await own().quoteSeats({ id, seats, leavers });
  const { changeId } = await own().changeSeats({ id, quote: sealed, formKey: formKey() });
  return { changeId, quote };
}
const held = async ({ organizationId }: Firm) =>
  (await shop.browser({ session: clerk }).caller.entitlements.get({ organizationId })).entitlements.seats;
const paidOf = async ({ stripeId }: Firm) =>
  (await stripe.invoices.list({ subscription: stripeId })).data.map((bill) => bill.amount_paid);
/** What is left of the running period, to the second, as the provider counts it. */
async function leftOf(of: Firm, at: string | null) {
  const found = await row(of);
  const ms = (instant: unknown) => new Date(String(instant)).getTime();
  const [start, end] = [ms(found?.current_period_start_at), ms(found?.current_period_end_at)];
  return (amount: number) => Math.round((amount * (end - ms(at))) / (end - start));
}

describe("more seats", () => {
  it("cost what is left of the period now, as was quoted, and are there when they are paid", async () => {
    const of = await firm();
    expect(await held(of)).toBe(5);
    await shop.advance("P10D");
    const { sealed, quote } = await of.own().quoteSeats({ id: of.id, seats: 8 });
    const share = await leftOf(of, quote.prorationAt);
    // 299.00 + 3 × 49.00 = 446.00 a month; what is left of it, less what is left of the 299.00 that are paid.
    expect(quote).toMatchObject({ timing: "now", amount: 44_600, quantity: 8, extraSeats: 3, effectiveAt: null });
    expect(quote.preview.dueNow).toBe(share(44_600) - share(29_900));
    const wish = { id: of.id, quote: sealed, formKey: formKey() };
    const asked = await of.own().changeSeats(wish);
    expect(await of.own().changeSeats(wish)).toEqual(asked);
    await shop.work();
    expect(await paidOf(of)).toEqual([quote.preview.dueNow, 29_900]);
    expect(await row(of)).toMatchObject({ quantity: 8, extra_seats: 3, included_seats: 5, amount: "44600" });
    await expect.poll(() => held(of)).toBe(8);
    const { features } = await shop
      .browser({ session: clerk })
      .caller.entitlements.explain({ organizationId: of.organizationId });
    expect(features.find(({ key }) => key === "seats")).toMatchObject({ value: 8, bought: 3 });
    const mails = await sql`select subject from emails where customer_id = ${clerk.customerId}`;
    expect(mails.filter(({ subject }) => subject === "Ni har nu 8 platser")).toHaveLength(1);
    const { charges } = await shop.browser({ session: clerk }).caller.billing.memberships.calendar();
    expect(charges.filter(({ subscriptionId }) => subscriptionId === of.id).map(({ amount }) => amount)).toEqual(
      Array.from({ length: 12 }, () => 44_600),
    );
    await shop.advance("P25D");
    await hear((await news(of)).toReversed());
    expect((await paidOf(of))[0]).toBe(44_600);
  });

  it("of a card that the bank wants approved are there when it is, by a link", async () => {
    const of = await firm();
    const card = await stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer: of.stripeCustomer });
    await stripe.subscriptions.update(of.stripeId, { default_payment_method: card.id });
    await shop.advance("P3D");
    await seatsTo(of, 6);
    await shop.work();
    expect(await row(of)).toMatchObject({ quantity: 5, extra_seats: 0, status: "active" });
    expect(await held(of)).toBe(5);
    const { plan } = await of.own().seats({ organizationId: of.organizationId });
    expect(plan).toMatchObject({ why: "busy", change: { status: "awaiting_payment", quantity: 6 } });
    const url = plan?.change?.payUrl ?? "";
    const paid = await fetch(url, { method: "POST", body: new URLSearchParams({ saved: "1" }), redirect: "manual" });
    const approval = paid.headers.get("location") ?? "";
    await fetch(new URL(approval, url), { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
    await hear(await news(of));
    expect(await row(of)).toMatchObject({ quantity: 6, extra_seats: 1 });
    expect(await changesOf(of)).toMatchObject([{ kind: "seats", status: "applied" }]);
  });

  it("asked for several times at once are charged once", async () => {
    const of = await firm();
    await shop.advance("P3D");
    const { sealed, quote } = await of.own().quoteSeats({ id: of.id, seats: 7 });
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => of.own().changeSeats({ id: of.id, quote: sealed, formKey: formKey() })),
    );
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await shop.work();
    expect(await paidOf(of)).toEqual([quote.preview.dueNow, 29_900]);
  });

  it.each(["before", "after"] as const)("lost %s they took effect, are charged once", async (when) => {
    const of = await firm();
    await shop.advance("P3D");
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId, quote } = await seatsTo(of, 6);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(of)).toMatchObject([{ status: "applied" }]);
    expect(await paidOf(of)).toEqual([quote.preview.dueNow, 29_900]);
  });

  it("are refused beyond what is sold, unchanged, of others, and at a quote that is another's or too old", async () => {
    const of = await firm();
    const ask = (seats: number) => of.own().quoteSeats({ id: of.id, seats });
    await expect(ask(5)).rejects.toEqual(refused("subscriptions.same_seats"));
    await expect(ask(4)).rejects.toEqual(refused("subscriptions.seats_out_of_range"));
    await expect(ask(1_001)).rejects.toEqual(refused("subscriptions.seats_out_of_range"));
    const member = shop.browser({ session: others[0] as typeof owner }).caller.billing.memberships;
    await expect(member.quoteSeats({ id: of.id, seats: 6 })).rejects.toEqual(refused("subscriptions.not_found"));
    const other = await company([[owner as NonNullable<typeof owner>, "owner"]]);
    const pro = await buy(owner as NonNullable<typeof owner>, other);
    const asOwner = shop.browser({ session: owner }).caller.billing.memberships;
    await expect(asOwner.quoteSeats({ id: pro.id, seats: 2 })).rejects.toEqual(refused("subscriptions.no_seats_sold"));
    expect((await asOwner.seats({ organizationId: other })).plan?.why).toBe("not_sold");
    const { sealed } = await ask(6);
    await shop.advance("PT15M1S");
    await expect(of.own().changeSeats({ id: of.id, quote: sealed, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.quote_expired"),
    );
    expect(await changesOf(of)).toEqual([]);
  });
});

describe("fewer seats", () => {
  it("come when the paid period is over; until then nobody takes a seat that will be gone, and whoever was named loses theirs", async () => {
    const of = await firm(5);
    await seatsTo(of, 7);
    await shop.work();
    const sixth = await sit(of.organizationId, others[4] as typeof owner & object);
    const seventh = await sit(of.organizationId, others[5] as typeof owner & object);
    const { quoteSeats } = of.own();
    await expect(quoteSeats({ id: of.id, seats: 5 })).rejects.toEqual(refused("subscriptions.seats_in_use"));
    await expect(quoteSeats({ id: of.id, seats: 5, leavers: [sixth] })).rejects.toEqual(
      refused("subscriptions.seats_in_use"),
    );
    await expect(quoteSeats({ id: of.id, seats: 5, leavers: ["sea_nobodys"] })).rejects.toEqual(
      refused("subscriptions.leaver_gone"),
    );
    const { quote } = await seatsTo(of, 5, [sixth, seventh]);
    expect(quote).toMatchObject({ timing: "period_end", amount: 29_900, preview: { dueNow: 0 } });
    await shop.work();
    const { plan, seats } = await of.own().seats({ organizationId: of.organizationId });
    expect(plan).toMatchObject({ keep: "seats", change: { status: "scheduled", quantity: 5, amount: 29_900 } });
    expect(seats).toMatchObject({ allowed: 7, claimed: 7, over: 0 });
    // One of the others leaves: the seat is free, and only one can take it.
    await sql`update seats set status = 'revoked' where id = ${`sea_${of.organizationId}_${others[0]?.userId}`}`;
    expect((await of.own().seats({ organizationId: of.organizationId })).seats).toMatchObject({ allowed: 7, free: 1 });
    const period = (await row(of))?.current_period_end_at;
    await shop.advance("P32D");
    await run(sweepSubscriptionsJob);
    expect(await row(of)).toMatchObject({ quantity: 5, extra_seats: 0, amount: "29900" });
    expect((await row(of))?.current_period_start_at).toEqual(period);
    const left = await sql`select id from seats where organization_id = ${of.organizationId} and status = 'claimed'`;
    expect(left.map(({ id }) => id)).toHaveLength(4);
    expect(left.map(({ id }) => id)).not.toContain(sixth);
    expect((await paidOf(of))[0]).toBe(29_900);
    expect(await held(of)).toBe(5);
    await expect(sql`select 1 from alerts where kind = 'entitlements.over_seats' and subject = ${of.organizationId}
      and resolved_at is null`).resolves.toEqual([]);
  });

  it("can be taken back, and give way to more", async () => {
    const of = await firm();
    await seatsTo(of, 8);
    await shop.work();
    await seatsTo(of, 6);
    await shop.work();
    await of.own().keep({ id: of.id, formKey: formKey() });
    await shop.work();
    await seatsTo(of, 5);
    await shop.work();
    await expect(of.own().quoteSeats({ id: of.id, seats: 8 })).rejects.toEqual(refused("subscriptions.same_seats"));
    // A year would be paid with the seats that are to go.
    const [year] = await sql`select v.id, v.product_id from variants v join prices p on p.variant_id = v.id
      where p.amount = 299000 and p.active`;
    const yearly = { id: of.id, productId: String(year?.product_id), variantId: String(year?.id) };
    await expect(of.own().quote(yearly)).rejects.toEqual(refused("subscriptions.change_booked"));
    await seatsTo(of, 9);
    await shop.work();
    expect((await changesOf(of)).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      ...["seats applied", "seats undone", "keep applied", "seats superseded", "seats applied"],
    ]);
    expect(await row(of)).toMatchObject({ quantity: 9, extra_seats: 4, amount: "49500" });
  });

  it("staff change them too, and say why", async () => {
    const of = await firm();
    const office = () => shop.browser({ session: finance }).caller.billing.office;
    expect(await office().seats({ id: of.id })).toMatchObject({
      plan: { extraSeats: 0, seatAmount: 4_900, why: null },
    });
    const { sealed } = await office().quoteSeats({ id: of.id, seats: 6 });
    const reason = "Agreed by telephone";
    await office().changeSeats({ id: of.id, quote: sealed, formKey: formKey(), reason });
    await shop.work();
    expect(await row(of)).toMatchObject({ extra_seats: 1, amount: "34800" });
    const [change] = await sql`select comment, requested_by from subscription_changes where subscription_id = ${of.id}`;
    expect(change?.comment).toBe(reason);
    const { freeTimes } = await office().life({ id: of.id });
    const until = freeTimes.find(({ unit, count }) => unit === "period" && count === 1)!.until;
    await office().giveFreeTime({ id: of.id, unit: "period", count: 1, until, reason, formKey: formKey() });
    await shop.work();
    expect(await office().seats({ id: of.id })).toMatchObject({ plan: { why: "free", freeUntil: until } });
  });
});

describe("a personal organization", () => {
  it("is sold no seats that nobody could sit on, by whoever asks; what it has can be given back", async () => {
    const organizationId = `org_${owner.userId.slice(4)}`;
    const { id, stripe: stripeId } = await buy(owner, organizationId, "enterprise");
    const own = () => shop.browser({ session: owner }).caller.billing.memberships;
    const office = () => shop.browser({ session: finance }).caller.billing.office;
    for (const ask of [() => own().quoteSeats({ id, seats: 6 }), () => office().quoteSeats({ id, seats: 6 })])
      await expect(ask()).rejects.toEqual(refused("subscriptions.seats_need_company"));
    expect(await own().seats({ organizationId })).toMatchObject({ plan: { why: "personal", most: 5 } });
    // Sold by the release before.
    const item = (await stripe.subscriptions.retrieve(stripeId)).items.data[0]?.id ?? "";
    await stripe.subscriptions.update(stripeId, { items: [{ id: item, quantity: 8 }], proration_behavior: "none" });
    await convergeSubscription(shop.worker(), { stripeSubscriptionId: stripeId });
    expect((await own().seats({ organizationId })).plan).toMatchObject({ extraSeats: 3, why: null, most: 8 });
    await expect(own().quoteSeats({ id, seats: 9 })).rejects.toEqual(refused("subscriptions.seats_need_company"));
    const { sealed, quote } = await own().quoteSeats({ id, seats: 5 });
    expect(quote).toMatchObject({ quantity: 5, timing: "period_end" });
    await own().changeSeats({ id, quote: sealed, formKey: formKey() });
    await shop.work();
    expect(await changesOf({ id })).toMatchObject([{ kind: "seats", status: "scheduled" }]);
  });
});
