import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { sized } from "../../scripts/test/size.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import { processEvent } from "../webhooks/process-event.ts";
import { stripeHandlers } from "../webhooks/stripe-handlers.ts";
import { convergeCheckout } from "./converge-checkout.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { company, begin, buy, eventsAbout, planOf, changesOf } = testPlans(shop);
const owner = await shop.member("agare@example.se");
const payer = await shop.member("ekonomi@example.se");
const firm = () =>
  company([
    [owner, "owner"],
    [payer, "billing"],
  ]);
const priceOf = async (plan: string) => {
  const { data } = await stripe.prices.list({
    lookup_keys: [`kraftverk:promptforge-${plan}:promptforge-${plan}-month:usd:1-month`],
  });
  return String(data[0]?.id);
};

/** Stores an event as the inbox does and follows it up as its job does, now. */
async function follow(event: Stripe.Event): Promise<void> {
  expect(await shop.receive(event)).toBe(200);
  await processEvent(shop.worker(), { eventId: `stripe:${event.id}`, lastAttempt: false }, stripeHandlers);
}

describe("an organization buys a plan", () => {
  it("at the version on sale, for the organization, by whoever pays", async () => {
    const organizationId = await firm();
    await buy(payer, organizationId, "enterprise", "year");
    const [row] =
      await sql`select s.status, s.product_id, s.plan_version_id, s.amount::int, s."interval", s.customer_id, o.organization_id as ordered, g.billing_customer_id
      from subscriptions s join orders o on o.id = s.order_id join organizations g on g.id = s.organization_id where g.id = ${organizationId}`;
    expect(row).toEqual({
      ...{
        status: "active",
        product_id: "promptforge-enterprise",
        plan_version_id: "plv_enterprise_1",
        amount: 299_000,
      },
      ...{
        interval: "year",
        customer_id: payer.customerId,
        ordered: organizationId,
        billing_customer_id: payer.customerId,
      },
    });
    expect(await planOf(organizationId)).toBe("enterprise");
    const mails = await sql`select template from emails where customer_id = ${payer.customerId}`;
    expect(mails.map(({ template }) => template)).toEqual(["order-confirmation"]);
    const { items } = await shop.browser({ session: payer }).caller.subscriptions.mine.list();
    expect(items).toEqual([]);
  });

  it("on one page that can be paid on, whoever of it asks and for which plan", async () => {
    const organizationId = await firm();
    const first = await begin(owner, organizationId);
    const second = await begin(payer, organizationId, "enterprise");
    await shop.work();
    const status = async (id: string) => (await stripe.checkout.sessions.retrieve(id)).status;
    expect([await status(first.sessionId), await status(second.sessionId)]).toEqual(["expired", "open"]);
  });

  it("once, however often and at once it is told that it was paid", async () => {
    const organizationId = await firm();
    const page = await begin(owner, organizationId);
    await shop.pay(page.url);
    await Promise.all(
      Array.from({ length: 10 }, () => convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId })),
    );
    await shop.work();
    expect(await sql`select status from subscriptions where organization_id = ${organizationId}`).toEqual([
      { status: "active" },
    ]);
    expect(await changesOf(organizationId)).toEqual(["pilot>pro"]);
  });

  it("with a customer of its own at the provider, which is offered again to it alone", async () => {
    const organizationId = await firm();
    const { stripe: id } = await buy(owner, organizationId);
    const { customer } = await stripe.subscriptions.retrieve(id);
    await stripe.subscriptions.cancel(id);
    for (const event of await eventsAbout(id)) await follow(event);
    const customerOf = async (sessionId: string) => (await stripe.checkout.sessions.retrieve(sessionId)).customer;
    expect(await customerOf((await begin(payer, organizationId)).sessionId)).toBe(customer);
    expect(await customerOf((await begin(owner, await firm())).sessionId)).toBeNull();
    const own = await shop.browser({ session: owner }).caller.checkout.start({ source: { productId: "oppet" } });
    expect(own.outcome === "open" && (await customerOf(own.sessionId))).toBeNull();
  });
});

describe("what the provider tells", () => {
  it("deletion is the pilot, and every change of plan is told once with its cause", async () => {
    const organizationId = await firm();
    const { stripe: id, id: ours } = await buy(owner, organizationId, "enterprise");
    await stripe.subscriptions.cancel(id);
    for (const event of (await eventsAbout(id)).toReversed()) await follow(event);
    await shop.work();
    expect(await planOf(organizationId)).toBe("pilot");
    expect(
      await sql`select from_plan, to_plan, cause_event from runs.telemetry where organization_id = ${organizationId} order by at, id`,
    ).toEqual([
      { from_plan: "pilot", to_plan: "enterprise", cause_event: `subscription.activated ${ours}` },
      { from_plan: "enterprise", to_plan: "pilot", cause_event: `subscription.canceled ${ours}` },
    ]);
  });

  it("another plan there is another plan here, at the version that is on sale", async () => {
    const organizationId = await firm();
    const { stripe: id } = await buy(owner, organizationId);
    const [item] = (await stripe.subscriptions.retrieve(id)).items.data;
    await stripe.subscriptions.update(id, { items: [{ id: String(item?.id), price: await priceOf("enterprise") }] });
    for (const event of await eventsAbout(id)) await follow(event);
    await shop.work();
    expect(await planOf(organizationId)).toBe("enterprise");
    const [row] =
      await sql`select product_id, plan_version_id, amount::int from subscriptions where organization_id = ${organizationId}`;
    expect(row).toEqual({ product_id: "promptforge-enterprise", plan_version_id: "plv_enterprise_1", amount: 29_900 });
  });

  it("a subscription to a plan that names no organization is laid before a person", async () => {
    const customer = await stripe.customers.create({ email: "x@example.se" });
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    const made = await stripe.subscriptions.create({
      ...{ customer: customer.id, default_payment_method: card.id, items: [{ price: await priceOf("pro") }] },
    });
    const created = (await eventsAbout(made.id)).find(({ type }) => type === "customer.subscription.created");
    if (!created) throw new Error("the provider told of no subscription");
    await shop.receive(created);
    await shop.work();
    const [dead] = await sql`select status, last_error from webhook_events where external_id = ${created.id}`;
    expect(dead).toEqual({ status: "dead", last_error: expect.stringContaining("Could not extract org_id") });
  });

  it("a page that was paid and names no organization, or another, is fulfilled for nobody", async () => {
    const organizationId = await firm();
    const page = await begin(owner, organizationId);
    await shop.pay(page.url);
    await stripe.checkout.sessions.update(page.sessionId, { metadata: { org_id: "" } });
    const look = () => convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId });
    await expect(look()).rejects.toThrow("Could not extract org_id");
    await stripe.checkout.sessions.update(page.sessionId, { metadata: { org_id: await firm() } });
    await look();
    expect(await sql`select id from subscriptions where organization_id = ${organizationId}`).toEqual([]);
    expect(await planOf(organizationId)).toBe("pilot");
    await stripe.checkout.sessions.update(page.sessionId, { metadata: { org_id: organizationId } });
    await look();
    await shop.work();
    expect(await planOf(organizationId)).toBe("pro");
  });
});

describe("R4: whatever order they come in", () => {
  const KINDS = [
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "invoice.payment_succeeded",
    "invoice.paid",
    "customer.subscription.deleted",
  ];
  /** Each first and each other last, with the rest between them turned from pair to pair. */
  const orders = KINDS.flatMap((first, turn) =>
    KINDS.filter((kind) => kind !== first).map((last) => {
      const rest = KINDS.filter((kind) => kind !== first && kind !== last);
      return [first, ...rest.slice(turn % 4), ...rest.slice(0, turn % 4), last];
    }),
  );

  /** Or one of each first, among which is one of each last. */
  const turns = KINDS.length - 1;
  const chosen = orders.filter((_order, n) => sized(n % turns === Math.floor(n / turns) % turns ? 1 : 0, 1) === 1);

  it("six events of a subscription's life end in the same entitlements", async () => {
    expect(new Set(chosen.map((order) => order.at(-1))).size).toBe(KINDS.length);
    for (const [number, order] of chosen.entries()) {
      const organizationId = await firm();
      const page = await begin(owner, organizationId);
      await shop.pay(page.url);
      const id = String((await stripe.checkout.sessions.retrieve(page.sessionId)).subscription);
      await stripe.subscriptions.update(id, { metadata: { note: "seen" } });
      // Every other one is told of while it still runs, and then has five events.
      const ended = number % 2 === 0;
      if (ended) await stripe.subscriptions.cancel(id);
      const events = await eventsAbout(id, page.sessionId);
      for (const kind of order) {
        const event = events.find(({ type }) => type === kind);
        if (event) await follow(event);
        else expect([kind, ended]).toEqual(["customer.subscription.deleted", false]);
      }
      await shop.work();
      expect([order.join(" "), await planOf(organizationId)]).toEqual([order.join(" "), ended ? "pilot" : "pro"]);
    }
  }, 600_000);
});
