import type Stripe from "stripe";
import { convergeCheckout } from "../../server/checkout/converge-checkout.ts";
import type { Session } from "../../server/trpc/context.ts";
import type { CheckoutShop } from "./checkout-shop.ts";

/** Companies in a test shop, and the plans that they buy. */
export function testPlans(shop: CheckoutShop) {
  const { sql, stripe } = shop;
  let made = 0;

  /** A company with these members. */
  async function company(
    members: readonly (readonly [Session, "owner" | "admin" | "billing" | "member"])[],
  ): Promise<string> {
    const id = `org_company_${++made}`;
    const at = shop.runtime.clock.now().toISOString();
    await sql`insert into organizations (id, kind, name, created_by, created_at)
      values (${id}, 'company', 'AB', ${members[0]?.[0].userId ?? ""}, ${at})`;
    for (const [{ userId }, role] of members)
      await sql`insert into organization_members (id, organization_id, user_id, role, joined_at)
        values (${`omb_${id}_${userId}`}, ${id}, ${userId}, ${role}, ${at})`;
    return id;
  }

  /** Opens the payment page of a plan as a member does. */
  async function begin(
    session: Session,
    organizationId: string,
    planCode = "pro",
    interval: "month" | "year" = "month",
  ) {
    const page = await shop.browser({ session }).caller.checkout.plan.buy({ organizationId, planCode, interval });
    if (page.outcome !== "open") throw new Error(page.outcome);
    return page;
  }

  /** Buys a plan and hears of it by looking alone. */
  async function buy(...wish: Parameters<typeof begin>) {
    const page = await begin(...wish);
    await shop.pay(page.url);
    await convergeCheckout(shop.worker(), { stripeSessionId: page.sessionId });
    await shop.work();
    const [row] = await sql`select id, stripe_subscription_id as stripe from subscriptions
      where organization_id = ${wish[1]} order by created_at desc limit 1`;
    return { id: String(row?.id), stripe: String(row?.stripe), sessionId: page.sessionId };
  }

  /** The provider's events in which something is named, oldest first. */
  async function eventsAbout(...ids: readonly string[]): Promise<Stripe.Event[]> {
    const all: Stripe.Event[] = [];
    for await (const event of stripe.events.list({ limit: 100 })) {
      const data = JSON.stringify(event.data);
      if (ids.some((id) => data.includes(id))) all.push(event);
    }
    return all.reverse();
  }

  /** The code of the plan that an organization's entitlements are of. */
  async function planOf(organizationId: string): Promise<string> {
    const rows =
      await sql`select distinct v.plan_code from entitlements e join plan_versions v on v.id = e.plan_version_id
      where e.organization_id = ${organizationId} and e.replaced_at is null and e.source = 'plan'`;
    return rows.map((row) => row.plan_code).join();
  }

  /** Every change of plan as it was told: `pilot>pro`. */
  async function changesOf(organizationId: string): Promise<string[]> {
    const rows =
      await sql`select from_plan, to_plan from runs.telemetry where organization_id = ${organizationId} order by at, id`;
    return rows.map((row) => `${row.from_plan}>${row.to_plan}`);
  }

  return { company, begin, buy, eventsAbout, planOf, changesOf };
}
