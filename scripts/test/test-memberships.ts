import type Stripe from "stripe";
import { expect } from "vitest";
import { type AnyJob, enqueue } from "../../server/kernel/job.ts";
import type { CheckoutShop } from "./checkout-shop.ts";

/** Members with memberships in a test shop: bought on the hosted page, changed by the procedures that pages call. */
export function testMemberships(shop: CheckoutShop) {
  const { sql, stripe } = shop;
  let keys = 0;
  const formKey = () => `form-key-0123456789-${++keys}`;

  /** Somebody signed in who has just bought this, or so many of it. */
  async function memberOf(email: string, productId: string, variantId?: string, quantity?: number) {
    const browser = shop.browser({ session: await shop.member(email) });
    const started = await browser.caller.checkout.start({
      source: { productId, ...(variantId === undefined ? {} : { variantId }), ...(quantity ? { quantity } : {}) },
    });
    if (started.outcome !== "open") throw new Error(started.outcome);
    await shop.pay(started.url, { email });
    await browser.caller.checkout.confirm({ ref: started.ref });
    await shop.work();
    const [row] = await sql`select s.id, s.stripe_subscription_id as stripe_id from subscriptions s
      join customers c on c.id = s.customer_id where c.email = ${email} order by s.created_at desc limit 1`;
    const [id, stripeId] = [String(row?.id), String(row?.stripe_id)];
    const stripeCustomer = String((await stripe.subscriptions.retrieve(stripeId)).customer);
    return {
      ...{ browser, id, stripeId, stripeCustomer, email },
      /** A page of its own each time: what it sees as now is when it is asked. */
      get own() {
        return browser.caller.billing.memberships;
      },
      life: () => browser.caller.billing.memberships.life({ id }),
    };
  }
  type Member = Awaited<ReturnType<typeof memberOf>>;

  async function row({ id }: Pick<Member, "id">) {
    const [found] = await sql`select * from subscriptions where id = ${id}`;
    return found;
  }
  async function changesOf({ id }: Pick<Member, "id">) {
    const rows = await sql`select kind, timing, status, failure_code from subscription_changes
      where subscription_id = ${id} order by created_at, id`;
    return rows.map((one) => ({ ...one }));
  }
  const seen = new Set<string>();
  /** What happened to a member at the provider since this was asked last, oldest first. */
  async function news({ stripeCustomer }: Pick<Member, "stripeCustomer">): Promise<Stripe.Event[]> {
    const all: Stripe.Event[] = [];
    for await (const event of stripe.events.list({ limit: 100 })) {
      if (seen.has(event.id) || !JSON.stringify(event.data).includes(stripeCustomer)) continue;
      seen.add(event.id);
      all.push(event);
    }
    return all.toReversed();
  }
  async function hear(events: readonly Stripe.Event[]): Promise<void> {
    for (const event of events) await shop.receive(event);
    await shop.work();
  }
  /** The card that the membership is charged to from now on. */
  async function chargeTo({ stripeId, stripeCustomer }: Member, token: string): Promise<void> {
    const card = await stripe.paymentMethods.attach(token, { customer: stripeCustomer });
    await stripe.subscriptions.update(stripeId, { default_payment_method: card.id });
  }
  async function run(job: AnyJob): Promise<void> {
    await shop.worker().db.transaction((tx) => enqueue(tx, job, {}));
    await shop.work();
  }
  async function mailsOf({ email }: Pick<Member, "email">, template = "membership-change"): Promise<string[]> {
    const rows = await sql`select subject from emails where to_address = ${email} and template = ${template}
      order by created_at, id`;
    return rows.map((one) => String(one.subject));
  }
  const fault = (call: Record<string, unknown>) =>
    shop.sandbox.control("faults", { body: { calls: [{ method: "POST", times: 20, ...call }] } });
  const noFaults = () => shop.sandbox.control("faults", { method: "DELETE" });
  const refused = (code: string) => expect.objectContaining({ cause: expect.objectContaining({ code }) });

  return { formKey, memberOf, row, changesOf, news, hear, chargeTo, run, mailsOf, fault, noFaults, refused };
}
