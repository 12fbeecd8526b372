import { expect } from "vitest";
import { stripeSubscriptionChanges } from "../../server/providers/stripe/subscription-changes.ts";
import { between } from "./between.ts";
import type { CheckoutShop } from "./checkout-shop.ts";
import { testMemberships } from "./test-memberships.ts";

export type LateMember = Awaited<ReturnType<ReturnType<typeof testMemberships>["memberOf"]>>;
type Member = LateMember;

/** What is asked of memberships in a test shop with the end of a period, by members and staff, and what came of it too late: money, mails, alerts. */
export async function lateChanges(shop: CheckoutShop) {
  const { sql, stripe } = shop;
  const memberships = testMemberships(shop);
  const { formKey, row } = memberships;
  const variants = new Map(
    (
      await sql`select v.id, v.product_id || ':' || p.interval as name from variants v join prices p on p.variant_id = v.id
        where p.currency = 'SEK' and p.interval is not null`
    ).map((one) => [String(one.name), String(one.id)]),
  );
  const finance = { ...(await shop.member("finance@kraftverk.test")), staffRole: "finance" as const };
  await sql`update users set staff_role = 'finance' where id = ${finance.userId}`;
  const office = () => shop.browser({ session: finance }).caller.billing.office;
  const cancel = ({ own, id }: Member) => own.cancel({ id, timing: "period_end", formKey: formKey() });
  async function become({ own, id }: Member, productId: string, interval = "month") {
    const wish = { id, productId, variantId: variants.get(`${productId}:${interval}`) ?? "" };
    const { sealed, quote } = await own.quote({ ...wish, timing: "period_end" });
    expect(quote.timing).toBe("period_end");
    return own.changePlan({ id, quote: sealed, formKey: formKey() });
  }
  /** The renewal is a draft, and is charged within the hour. */
  async function intoItsHour(member: Member): Promise<void> {
    const ends = Date.parse(String((await row(member))?.current_period_end_at));
    await shop.advance(`PT${Math.ceil((ends - shop.runtime.clock.now().getTime()) / 1000) + 600}S`);
  }
  const billsOf = async ({ stripeId }: Member) =>
    (await stripe.invoices.list({ subscription: stripeId })).data.map((bill) => bill.status);
  async function giveFree({ id }: Member) {
    const { freeTimes } = await office().life({ id });
    const until = freeTimes.find((one) => one.unit === "period" && one.count === 2)?.until ?? new Date(0);
    const wish = { id, unit: "period" as const, count: 2, until, reason: "Kall dusch." };
    return { until, ...(await office().giveFreeTime({ ...wish, formKey: formKey() })) };
  }
  async function giveOff({ id }: Member, months: number) {
    const renewsAt = (await office().life({ id })).currentPeriodEndAt ?? new Date(0);
    return office().giveDiscount({ id, bps: 2500, months, renewsAt, reason: "Kall dusch.", formKey: formKey() });
  }
  /** What it costs from now on is set at the provider itself, and nothing is charged for that. */
  async function nowCosts({ stripeId }: Member, price: number, quantity: number): Promise<void> {
    const { items } = await stripe.subscriptions.retrieve(stripeId);
    const item = items.data[0];
    const product = String(item?.price.product);
    const recurring = { interval: "month" as const };
    const made = await stripe.prices.create({ currency: "sek", product, unit_amount: price, recurring });
    await stripe.subscriptions.update(stripeId, {
      items: [{ id: item?.id ?? "", price: made.id, quantity }],
      proration_behavior: "none",
    });
  }
  /** A worker whose calls something overtakes: it happens before the call of this method. */
  function overtaken(resource: Parameters<typeof between>[1], method: string, by: () => Promise<unknown>) {
    const ctx = shop.worker();
    const subscriptionChanges = stripeSubscriptionChanges(between(stripe, resource, method, by));
    return { ...ctx, providers: { ...ctx.providers, subscriptionChanges } };
  }
  /** What was charged at the provider, the oldest first, and what of it was paid back. */
  async function moneyOf({ stripeCustomer }: Member) {
    const { data } = await stripe.charges.list({ customer: stripeCustomer, limit: 100 });
    return data
      .filter((one) => one.status === "succeeded")
      .map((one) => [one.amount, one.amount_refunded])
      .toReversed();
  }
  const textOf = async ({ email }: Member) => {
    const rows = await sql`select text from emails where to_address = ${email} and template = 'membership-change'
      order by created_at, id`;
    return rows.map((one) => String(one.text).replaceAll(/\s+/g, " ")).join("\n");
  };
  const alertsOf = async ({ id }: Member) =>
    (
      await sql`select amount::int as amount from alerts where kind = 'billing.late_change'
      and starts_with(subject, ${id}) order by amount desc`
    ).map((one) => one.amount);
  const refusedOf = async ({ id }: Member) =>
    (
      await sql`select amount::int as amount from alerts where kind = 'billing.change_refused'
      and starts_with(subject, ${id})`
    ).map((one) => one.amount);
  const ourCopies = async ({ id }: Member) =>
    (await sql`select status from invoices where subscription_id = ${id} order by created_at`).map((one) => one.status);

  return {
    ...memberships,
    ...{ office, cancel, become, intoItsHour, billsOf, giveFree, giveOff, nowCosts, overtaken },
    ...{ moneyOf, textOf, alertsOf, refusedOf, ourCopies },
  };
}
