import { sql as query } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { testMemberships } from "../../scripts/test/test-memberships.ts";
import { executeChange, sweepSubscriptions } from "../billing/index.ts";
import type { OfferContent } from "./input.ts";

const shop = await testCheckoutShop({}, [setByHand("subscription_change")]);
const { sql, stripe } = shop;
const { formKey, memberOf, row, changesOf, fault, noFaults, refused } = testMemberships(shop);
afterEach(() => noFaults());
beforeEach(async () => {
  await sql`update retention_offers set "on" = false`;
});

type Member = Awaited<ReturnType<typeof memberOf>>;
const staff = async (role: "marketing" | "support") =>
  shop.browser({ session: { ...(await shop.member(`${role}@example.se`)), staffRole: role } });
const seller = await staff("marketing");
const support = await staff("support");
const selling = () => seller.caller.offers;

const usual: OfferContent = {
  ...{ name: "Half for three months", kind: "discount", discountBps: 5000, months: 3 },
  ...{ productIds: [], reasons: [], againAfterMonths: 12, position: 100 },
};
const offered = (more: Partial<OfferContent>) => selling().add({ formKey: formKey(), content: { ...usual, ...more } });
async function shown(member: Member, reason?: "too_expensive" | "unused") {
  const { showingId } = await member.browser.caller.offers.show({
    ...{ id: member.id, formKey: formKey() },
    ...(reason ? { reason } : {}),
  });
  return showingId ?? "";
}
const look = (member: Member, showingId: string) => member.browser.caller.offers.read({ showingId });
const accept = (member: Member, showingId: string) => member.browser.caller.offers.accept({ showingId });
const figuresOf = async (id: string) => {
  const { shown: times, accepted, declined } = await selling().get({ id });
  return [times, accepted, declined];
};
const charged = async ({ stripeId }: Member) =>
  (await stripe.invoices.list({ subscription: stripeId, limit: 100 })).data
    .map((bill) => bill.amount_paid)
    .toReversed();

describe("what somebody who leaves is offered", () => {
  it("money off: shown with its sums, accepted once however often, charged as it said, and counted", async () => {
    const { id } = await offered({ reasons: ["too_expensive"] });
    const member = await memberOf("stays@example.se", "oppet");
    expect(await shown(member, "unused")).toBe("");
    const key = formKey();
    const wish = { id: member.id, reason: "too_expensive" as const, formKey: key };
    const { showingId } = await member.browser.caller.offers.show(wish);
    expect(await member.browser.caller.offers.show(wish)).toEqual({ showingId });
    expect(await look(member, showingId ?? "")).toMatchObject({
      kind: "discount",
      before: 39_900,
      after: 19_950,
      charges: 3,
    });
    const answers = await Promise.all([accept(member, showingId ?? ""), accept(member, showingId ?? "")]);
    expect(answers[0]).toEqual(answers[1]);
    expect(await accept(member, showingId ?? "")).toEqual(answers[0]);
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);
    expect(await row(member)).toMatchObject({ discount_bps: 5000, cancel_at: null });
    expect((await member.own.calendar()).charges.slice(0, 4).map(({ amount }) => amount)).toEqual([
      19_950, 19_950, 19_950, 39_900,
    ]);
    expect(await figuresOf(id)).toEqual([1, 1, 0]);
    await expect(
      member.browser.caller.offers.decline({ showingId: showingId ?? "", timing: "period_end" }),
    ).rejects.toEqual(refused("offers.answered"));
    // Not again before the months are over.
    expect(await shown(member, "too_expensive")).toBe("");
    await shop.advance("P32D");
    await sweepSubscriptions(shop.worker());
    await shop.work();
    expect(await charged(member)).toEqual([39_900, 19_950]);
  });

  it("declined, the membership ends with the reason that was given", async () => {
    const { id } = await offered({});
    const member = await memberOf("leaves@example.se", "oppet");
    const showingId = await shown(member, "unused");
    const no = () => member.browser.caller.offers.decline({ showingId, timing: "period_end" });
    const [one, other] = await Promise.all([no(), no()]);
    expect(one).toEqual(other);
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "cancel", status: "scheduled" }]);
    const [change] = await sql`select reason from subscription_changes where id = ${one.changeId}`;
    expect(change).toEqual({ reason: "unused" });
    expect(await figuresOf(id)).toEqual([1, 0, 1]);
    await expect(accept(member, showingId)).rejects.toEqual(refused("offers.answered"));
  });

  it("declined after a new period has begun, nothing ends: the day that was shown is another by now", async () => {
    await offered({});
    const member = await memberOf("old-offer@example.se", "oppet");
    const showingId = await shown(member, "unused");
    await shop.advance("P32D");
    await sweepSubscriptions(shop.worker());
    await shop.work();
    await expect(member.browser.caller.offers.decline({ showingId, timing: "period_end" })).rejects.toEqual(
      refused("subscriptions.end_moved"),
    );
    expect(await changesOf(member)).toEqual([]);
  });

  it("declined, and the end taken back: the old page is refused, and so is the form of an end", async () => {
    await offered({});
    const member = await memberOf("regrets@example.se", "oppet");
    const showingId = await shown(member, "unused");
    const no = () => member.browser.caller.offers.decline({ showingId, timing: "period_end" });
    await no();
    await shop.work();
    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "cancel", status: "undone" }, { kind: "keep" }]);
    await expect(no()).rejects.toEqual(refused("subscriptions.change_not_allowed"));
    const end = { id: member.id, timing: "period_end" as const, formKey: formKey() };
    await member.own.cancel(end);
    await shop.work();
    await member.own.keep({ id: member.id, formKey: formKey() });
    await shop.work();
    await expect(member.own.cancel(end)).rejects.toEqual(refused("subscriptions.change_not_allowed"));
    expect(await row(member)).toMatchObject({ cancel_at: null });
  });

  it("counts over all the memberships of a person: bought again, or beside, the same is not offered again", async () => {
    await offered({});
    const one = await memberOf("again@example.se", "oppet");
    const started = await one.browser.caller.checkout.start({ source: { productId: "dagtid" } });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, {});
    await one.browser.caller.checkout.confirm({ ref: started.ref });
    await shop.work();
    const [beside] = await sql`select s.id from subscriptions s join customers c on c.id = s.customer_id
      where c.email = 'again@example.se' and s.product_id = 'dagtid'`;
    const other = { ...one, id: String(beside?.id) };
    const both = [await shown(one), await shown(other)];
    const answers = await Promise.allSettled([accept(one, both[0] ?? ""), accept(other, both[1] ?? "")]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
      reason: refused("offers.answered"),
    });
    await shop.work();
    expect([...(await changesOf(one)), ...(await changesOf(other))]).toHaveLength(1);
    expect([await shown(one), await shown(other)]).toEqual(["", ""]);
  });

  it("accepted and declined at the same moment: one of them", async () => {
    await offered({});
    const member = await memberOf("both@example.se", "oppet");
    const showingId = await shown(member);
    const answers = await Promise.allSettled([
      accept(member, showingId),
      member.browser.caller.offers.decline({ showingId, timing: "period_end" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await shop.work();
    expect(await changesOf(member)).toHaveLength(1);
  });

  it("of several that were shown, one is given; one that comes to nothing takes the place of none", async () => {
    await offered({ reasons: ["too_expensive"] });
    await offered({ kind: "pause", months: 2, reasons: ["unused"] });
    const member = await memberOf("several@example.se", "oppet");
    const money = await shown(member, "too_expensive");
    const rest = await shown(member, "unused");
    await accept(member, money);
    await shop.work();
    await expect(accept(member, rest)).rejects.toEqual(refused("offers.answered"));
    expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);

    const other = await memberOf("refused@example.se", "oppet");
    const [first, second] = [await shown(other, "too_expensive"), await shown(other, "unused")];
    const { changeId } = await accept(other, first);
    await sql`update subscription_changes set status = 'failed' where id = ${changeId}`;
    await accept(other, second);
    await shop.work();
    expect(await changesOf(other)).toMatchObject([{ status: "failed" }, { kind: "pause", status: "scheduled" }]);
  });

  it("money off is not offered to whom more is taken off already, by a sum too", async () => {
    await offered({});
    const member = await memberOf("coupon@example.se", "oppet");
    await sql`update subscriptions set discount_amount = 30000, discount_until_at = null where id = ${member.id}`;
    expect(await shown(member)).toBe("");
    await sql`update subscriptions set discount_until_at = app_now() - interval '1 second' where id = ${member.id}`;
    expect(await shown(member)).not.toBe("");
  });

  it.each(["before", "after"] as const)("free time, lost %s it took effect, is given once", async (when) => {
    await offered({ kind: "free", months: 1 });
    const member = await memberOf(`free-${when}@example.se`, "oppet");
    const showingId = await shown(member);
    const { freeUntilAt } = await look(member, showingId);
    await fault({ kind: "reset", when, path: "/v1/subscriptions/" });
    const { changeId } = await accept(member, showingId);
    await expect(executeChange(shop.worker(), { changeId })).rejects.toThrow();
    await noFaults();
    await executeChange(shop.worker(), { changeId });
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "free", status: "applied" }]);
    expect((await member.life()).currentPeriodEndAt).toEqual(freeUntilAt);
  });

  it("a pause with its end, and a cheaper membership when the period is over", async () => {
    const pause = await offered({ kind: "pause", months: 2 });
    const member = await memberOf("rests@example.se", "oppet");
    const pausing = await shown(member);
    const { resumeAt } = await look(member, pausing);
    await accept(member, pausing);
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "pause", status: "scheduled" }]);
    expect((await member.life()).resumeAt).toEqual(resumeAt);
    await selling().switch({ id: pause.id, on: false });
    const [cheaper] = await sql`select p.id as product_id, v.id as variant_id, pr.amount::int as amount from products p
      join variants v on v.product_id = p.id join prices pr on pr.variant_id = v.id
      where p.kind = 'membership' and pr.currency = 'SEK' and pr.interval = 'month' and pr.active and pr.amount < 39900 limit 1`;
    const instead = { productId: String(cheaper?.product_id), variantId: String(cheaper?.variant_id) };
    await offered({ kind: "plan", ...instead });
    const other = await memberOf("switches@example.se", "oppet");
    const showingId = await shown(other);
    expect(await look(other, showingId)).toMatchObject({
      ...{ kind: "plan", before: 39_900, after: cheaper?.amount },
      ...{ every: { unit: "month", count: 1 }, afterEvery: { unit: "month", count: 1 } },
    });
    await accept(other, showingId);
    await shop.work();
    expect(await changesOf(other)).toMatchObject([{ kind: "plan", timing: "period_end", status: "scheduled" }]);
    const already = await memberOf("has-it@example.se", instead.productId, instead.variantId);
    expect(await shown(already)).toBe("");
    // Whoever has several is offered another only where as many of it may be had.
    const many = await memberOf("many@example.se", "oppet-plus", undefined, 2);
    expect(await shown(many)).toBe("");
    await sql`update products set most_units = 2 where id = ${instead.productId}`;
    const ofBoth = await shown(many);
    expect(await look(many, ofBoth)).toMatchObject({ units: 2, before: 99_800, after: 2 * Number(cheaper?.amount) });
    await accept(many, ofBoth);
    await shop.work();
    expect((await many.life()).scheduled).toMatchObject({
      kind: "plan",
      quantity: 2,
      amount: 2 * Number(cheaper?.amount),
    });
  });

  it("holds an hour, and not past the end of the period; switched off it is shown to nobody, and a shown one holds", async () => {
    const { id } = await offered({});
    const member = await memberOf("late@example.se", "oppet");
    const first = await shown(member);
    await shop.advance("PT2H");
    await expect(accept(member, first)).rejects.toEqual(refused("offers.out_of_date"));
    const second = await shown(member);
    await selling().switch({ id, on: false });
    expect(await shown(member)).toBe("");
    await accept(member, second);
    await shop.work();
    expect(await changesOf(member)).toMatchObject([{ kind: "discount", status: "applied" }]);
  });

  it("is its member's alone, and staff's who sell to write", async () => {
    const { id } = await offered({});
    const member = await memberOf("mine@example.se", "oppet");
    const showingId = await shown(member);
    const other = shop.browser({ session: await shop.member("other@example.se") });
    await expect(other.caller.offers.read({ showingId })).rejects.toEqual(refused("offers.not_found"));
    await expect(other.caller.offers.accept({ showingId })).rejects.toEqual(refused("offers.not_found"));
    await expect(other.caller.offers.show({ id: member.id, formKey: formKey() })).rejects.toEqual(
      refused("subscriptions.not_found"),
    );
    await expect(support.caller.offers.switch({ id, on: false })).rejects.toThrow("roles");
    await expect(other.caller.offers.list({})).rejects.toThrow();
  });

  it("cannot be put into the database in other words than an offer's, nor for longer", async () => {
    const { id } = await offered({ kind: "free", months: 1, reasons: ["unused"] });
    const member = await memberOf("database@example.se", "oppet");
    const [who] = await sql`select id, user_id from customers where email = 'database@example.se'`;
    const [userId, customerId] = [String(who?.user_id), String(who?.id)];
    const { db } = shop.runtime.ctx({ kind: "customer", userId, customerId, tokens: [] }, "test");
    const put = (name: string, reason: string, months: number) =>
      db.transaction((tx) =>
        tx.execute(query`insert into retention_showings (id, offer_id, subscription_id, customer_id, reason, kind, months, free_until_at, idempotency_key, shown_at)
          select ${name}, ${id}, s.id, s.customer_id, ${reason}, 'free', 1, s.current_period_end_at + ${`${months} months`}::interval, ${name}, app_now()
          from subscriptions s where s.id = ${member.id}`),
      );
    const denied = expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining("row-level") }),
    });
    await expect(put("ofs_longer", "unused", 2)).rejects.toEqual(denied);
    await expect(put("ofs_other", "too_expensive", 1)).rejects.toEqual(denied);
    await put("ofs_said", "unused", 1);
    expect(await figuresOf(id)).toEqual([1, 0, 0]);
  });

  it("is edited one at a time, needs what its kind needs, and says to whom it was shown", async () => {
    const key = formKey();
    const { id } = await selling().add({ formKey: key, content: usual });
    expect(await selling().add({ formKey: key, content: usual })).toEqual({ id });
    await selling().edit({ id, revision: 0, content: { ...usual, name: "Other", discountBps: 2500 } });
    await expect(selling().edit({ id, revision: 0, content: usual })).rejects.toEqual(refused("offers.conflict"));
    expect(await selling().get({ id })).toMatchObject({ name: "Other", discountBps: 2500, revision: 1 });
    const { discountBps: _, ...nothing } = usual;
    await expect(selling().edit({ id, revision: 1, content: nothing })).rejects.toThrow("share");
    const member = await memberOf("seen@example.se", "oppet");
    await shown(member, "too_expensive");
    // Why people leave, and who they are, is for those who answer them: not for whoever words the offers.
    await expect(selling().showings({ offerId: id })).rejects.toEqual(refused("identity.role_missing"));
    const { items } = await support.caller.offers.showings({ offerId: id, counted: true });
    expect(items).toMatchObject([{ email: "seen@example.se", reason: "too_expensive", answer: null }]);
    expect((await selling().list({ limit: 1 })).nextCursor).not.toBeNull();
  });
});
