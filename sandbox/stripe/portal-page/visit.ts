import { nextRenewal } from "../invoices/next-renewal.ts";
import { dueOf } from "../invoices/totals.ts";
import { lineAmount } from "../prices/shape.ts";
import { changeInvoice } from "../subscriptions/carry-out.ts";
import { prorationBehaviors } from "../subscriptions/params.ts";
import { type Plan, planChange } from "../subscriptions/plan-change.ts";
import { periodEnd } from "../subscriptions/shape.ts";
import { secondsFor } from "../test-clocks/clock-of.ts";
import { byItself, type Unit } from "../unit.ts";
import type { PortalConfiguration, PortalSession, Price, Subscription } from "../wire.ts";
import { idOf, type World } from "../world.ts";

/** How long a link opens its page, on the sandbox clock. */
const openSeconds = 3_600;
const running = new Set<string>(["active", "past_due", "paused", "trialing", "unpaid"]);

/** Who came with a link, and what it lets them see and do. */
export interface Visit {
  session: PortalSession;
  configuration: PortalConfiguration;
  subscription: Subscription | undefined;
  /** The one thing that a deep link leads to; undefined for the whole page. */
  flow: NonNullable<PortalSession["flow"]> | undefined;
}

export function visitOf(world: World, token: string, whole: boolean): Visit | undefined {
  const session = world.portalSessions.first("token", token);
  if (!session || session.created + openSeconds < secondsFor(world, session.customer)) return undefined;
  const configuration = world.portalConfigurations.get(idOf(session.configuration) ?? "");
  const flow = whole ? undefined : (session.flow ?? undefined);
  const about =
    flow?.subscription_cancel ??
    flow?.subscription_pause ??
    flow?.subscription_update ??
    flow?.subscription_update_confirm;
  const own = world.subscriptions.by("customer", session.customer);
  const subscription = about
    ? own.find((one) => one.id === about.subscription)
    : own.findLast((one) => running.has(one.status));
  return configuration && { session, configuration, subscription, flow };
}

/** A price that the plan can be changed to, with the name of what it buys. */
export interface Offer {
  price: Price;
  name: string;
}

export function offersOf(world: World, { configuration, subscription, flow }: Visit): Offer[] {
  const current = subscription?.items.data[0]?.price.id;
  const { enabled, products, default_allowed_updates: allowed } = configuration.features.subscription_update;
  if (flow?.subscription_update_confirm)
    return flow.subscription_update_confirm.items.flatMap((one) => {
      const price = world.prices.get(one.price ?? "");
      return price ? [{ price, name: world.products.get(idOf(price.product) ?? "")?.name ?? price.id }] : [];
    });
  if (!enabled || (allowed.length > 0 && !allowed.includes("price"))) return [];
  return (products ?? []).flatMap((one) =>
    one.prices.flatMap((id) => {
      const price = world.prices.get(id);
      const name = world.products.get(one.product)?.name ?? id;
      return price && id !== current ? [{ price, name }] : [];
    }),
  );
}

/** Between what the visitor may choose the quantity; undefined when it is fixed. */
export function quantityBounds({ configuration, subscription }: Visit): { least: number; most: number } | undefined {
  const { enabled, products, default_allowed_updates: allowed } = configuration.features.subscription_update;
  if (!enabled || !allowed.includes("quantity") || !subscription) return undefined;
  const product = idOf(subscription.items.data[0]?.price.product);
  const own = products?.find((one) => one.product === product)?.adjustable_quantity;
  return { least: own?.minimum ?? 1, most: own?.maximum ?? 999_999 };
}

/** What a visitor wants the plan to be. */
export interface WantedPlan {
  price: string;
  quantity: number;
}

/** What was chosen, when it is on offer; the rest stays as it is. */
export function wantedOf(world: World, visit: Visit, form: URLSearchParams): WantedPlan | undefined {
  const item = visit.subscription?.items.data[0];
  if (!item) return undefined;
  const confirm = visit.flow?.subscription_update_confirm?.items[0];
  const before = { price: item.price.id, quantity: item.quantity ?? 1 };
  if (confirm) return { price: confirm.price ?? before.price, quantity: confirm.quantity ?? before.quantity };
  const price = form.get("price") ?? before.price;
  const quantity = Number(form.get("quantity") ?? before.quantity);
  const bounds = quantityBounds(visit);
  const offered = price === before.price || offersOf(world, visit).some((one) => one.price.id === price);
  const fits =
    quantity === before.quantity ||
    (bounds && Number.isInteger(quantity) && quantity >= bounds.least && quantity <= bounds.most);
  const differs = price !== before.price || quantity !== before.quantity;
  return offered && fits && differs ? { price, quantity } : undefined;
}

const lengths: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };
const lengthOf = ({ recurring }: Price): number =>
  (lengths[recurring?.interval ?? "month"] ?? 30) * (recurring?.interval_count ?? 1);

/** Whether a change waits until the running period ends, as the configuration says of cheaper plans and of shorter ones. */
export function waitsForPeriodEnd({ configuration, subscription }: Visit, price: Price, quantity: number): boolean {
  const item = subscription?.items.data[0];
  if (!item) return false;
  const conditions = configuration.features.subscription_update.schedule_at_period_end.conditions;
  const cheaper = lineAmount(price, quantity) < lineAmount(item.price, item.quantity ?? 1);
  const shorter = lengthOf(price) < lengthOf(item.price);
  return conditions.some(({ type }) => (type === "shortening_interval" ? shorter : cheaper));
}

function planFor(unit: Unit, visit: Visit, wanted: WantedPlan): Plan | undefined {
  const item = visit.subscription?.items.data[0];
  const price = unit.world.prices.get(wanted.price);
  if (!price || !item || !visit.subscription) return undefined;
  const behavior = visit.configuration.features.subscription_update.proration_behavior;
  return planChange(unit, visit.subscription, {
    anchorNow: false,
    at: unit.now,
    behavior: prorationBehaviors.find((one) => one === behavior) ?? "none",
    items: [{ id: item.id, price, quantity: wanted.quantity }],
    trialEnd: undefined,
  });
}

export interface PlanPreview extends WantedPlan {
  currency: string;
  /** What is paid at once; nothing when the change waits for the next invoice. */
  dueNow: number;
  next: number;
  nextAt: number;
  /** The plan stays as it is until then. */
  waits?: boolean;
  /** What is given back and charged for the rest of the period. */
  prorations: readonly number[];
}

/** What a change would cost, from the same figures as the API's own preview. */
export function previewOf(world: World, visit: Visit, wanted: WantedPlan | undefined): PlanPreview | undefined {
  const { subscription, session } = visit;
  const customer = world.customers.get(session.customer);
  if (!wanted || !subscription || !customer) return undefined;
  const unit = {
    world,
    now: secondsFor(world, customer),
    cause: byItself,
    testClock: idOf(customer.test_clock),
    spokenOf: new Set<string>(),
  };
  const item = subscription.items.data[0];
  const price = world.prices.get(wanted.price);
  if (item && price && waitsForPeriodEnd(visit, price, wanted.quantity)) {
    const after = [{ ...item, price, quantity: wanted.quantity }];
    const asItIs = { billed: [], changed: {}, debits: [], free: false, immediate: false, prorations: [] };
    const later = nextRenewal(unit, customer, subscription, { ...asItIs, items: after });
    const nextAt = periodEnd(subscription);
    const common = { currency: subscription.currency, dueNow: 0, next: later.amount_due, nextAt, prorations: [] };
    return { ...wanted, ...common, waits: true };
  }
  const plan = planFor(unit, visit, wanted);
  if (!plan) return undefined;
  const now = plan.immediate ? changeInvoice(unit, subscription, plan) : undefined;
  // What is invoiced at once is not on the next invoice again, which begins with the balance that this one leaves.
  const renewal = now
    ? nextRenewal(
        unit,
        { ...customer, balance: dueOf(now.total, customer.balance, now.currency).ending },
        subscription,
        { ...plan, prorations: [] },
        [],
      )
    : nextRenewal(unit, customer, subscription, plan);
  return {
    ...wanted,
    currency: subscription.currency,
    dueNow: now?.amount_due ?? 0,
    next: renewal.amount_due,
    nextAt: periodEnd({ ...subscription, ...plan.changed }),
    prorations: plan.prorations.map((one) => one.amount),
  };
}
