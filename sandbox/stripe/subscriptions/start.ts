import { refused } from "../api/errors.ts";
import { afterInvoice } from "../coupons/discounts.ts";
import { newInvoice, parentOf, pendingItems, takeUp } from "../invoices/build.ts";
import { cardFor, collectInvoice, expectedPayment } from "../invoices/collect.ts";
import { finalize, settle, voidInvoice } from "../invoices/life.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Customer, Invoice, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { cardFault } from "./card-fault.ts";
import { type PaymentBehavior, refusal } from "./carry-out.ts";
import { rememberLines } from "./debits.ts";
import { single } from "./items.ts";
import { cutShort, untilAnchor } from "./part-periods.ts";
import { announceTrialEnd } from "./trials.ts";
import { keepPeriodEnd } from "./upcoming.ts";

/** How long a first payment may take. */
const patienceSeconds = 23 * 3_600;

export interface Start {
  payment: PaymentBehavior;
  offSession: boolean;
  /** Nothing is owed for the part of a period before an anchor to come. */
  freeUntilAnchor: boolean;
  /** A planned end in the first period shortens that, and what is paid for it. */
  prorates: boolean;
}

/** The subscription as it begins, and as its first invoice bills it: an end within the first period cuts that short. */
function begun(built: Subscription, { prorates }: Start, now: number): { kept: Subscription; billed: Subscription } {
  const end = built.cancel_at;
  const whole = untilAnchor(built, now);
  if (!prorates || end === null || built.status === "trialing") return { kept: built, billed: whole };
  const cut = built.items.data.map((item) => cutShort(item, end).item);
  const billed = whole.items.data.map((item) => cutShort(item, end).billed);
  return {
    kept: { ...built, ...single(built, cut) },
    billed: { ...whole, items: { ...whole.items, data: billed } },
  };
}

/** The first invoice; the part of a period before an anchor to come costs that part. */
function firstInvoice(unit: Unit, customer: Customer, built: Subscription, start: Start): Invoice {
  const trialing = built.status === "trialing";
  const pending = pendingItems(unit.world, customer.id, built.id, built.currency);
  return newInvoice(unit, customer, built, {
    reason: "subscription_create",
    period: { start: unit.now, end: unit.now },
    free: trialing,
    pending,
    ...(start.freeUntilAnchor ? { items: [] } : {}),
  });
}

/**
 * Starts a subscription with its first invoice. It is active when that is paid (or nothing is due), else incomplete
 * until it is, for 23 hours at most.
 */
export function startSubscription(unit: Unit, customer: Customer, built: Subscription, start: Start): Subscription {
  const { world } = unit;
  const { kept: beginning, billed } = begun(built, start, unit.now);
  const draft = firstInvoice(unit, customer, billed, start);
  if (built.collection_method === "send_invoice") return startSent(unit, customer, beginning, draft);
  const card = cardFor(world, {
    customer: customer.id,
    parent: parentOf(built),
    default_payment_method: built.default_payment_method,
  });
  const why = draft.amount_due > 0 ? refusal(unit, card, start.offSession) : undefined;
  const waits = start.payment === "default_incomplete" && draft.amount_due > 0;
  if (why === "none" && !waits) {
    throw refused(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      undefined,
      "resource_missing",
    );
  }
  if (why !== undefined && start.payment === "error_if_incomplete") throw cardFault(why);
  const incomplete = waits || why !== undefined;
  const subscription = create(
    unit,
    world.subscriptions,
    { ...beginning, latest_invoice: draft.id, ...(incomplete ? { status: "incomplete" as const } : {}) },
    "customer.subscription.created",
  );
  if (incomplete)
    world.due.put({ kind: "subscription.incomplete_expire", id: subscription.id, at: unit.now + patienceSeconds });
  if (subscription.status === "trialing") announceTrialEnd(unit, subscription);
  keepPeriodEnd(unit, subscription);
  keepPlannedEnd(unit, subscription);
  takeUp(unit, pendingItems(world, customer.id, built.id, built.currency), draft.id);
  rememberLines(unit, draft.lines.data, built.items.data);
  const open = finalize(unit, create(unit, world.invoices, draft, "invoice.created"));
  const discounts = afterInvoice(unit, subscription);
  const kept = change(unit, world.subscriptions, subscription, { discounts }, "customer.subscription.updated");
  if (open.amount_due === 0) settle(unit, open, undefined);
  else if (waits) expectedPayment(unit, open);
  else collectInvoice(unit, open, { offSession: start.offSession });
  return kept;
}

/** Runs at once, and its first invoice is sent an hour later as every later one is. */
function startSent(unit: Unit, customer: Customer, built: Subscription, draft: Invoice): Subscription {
  const { world } = unit;
  const at = unit.now + 3_600;
  const started = create(
    unit,
    world.subscriptions,
    { ...built, latest_invoice: draft.id },
    "customer.subscription.created",
  );
  if (started.status === "trialing") announceTrialEnd(unit, started);
  keepPeriodEnd(unit, started);
  keepPlannedEnd(unit, started);
  takeUp(unit, pendingItems(world, customer.id, built.id, built.currency), draft.id);
  rememberLines(unit, draft.lines.data, built.items.data);
  create(unit, world.invoices, { ...draft, automatically_finalizes_at: at }, "invoice.created");
  world.due.put({ kind: "invoice.finalize", id: draft.id, at });
  const discounts = afterInvoice(unit, started);
  return change(unit, world.subscriptions, started, { discounts }, "customer.subscription.updated");
}

/** A planned end that is not the period's has a date of its own. */
function keepPlannedEnd(unit: Unit, { id, cancel_at: at, cancel_at_period_end: withPeriod }: Subscription): void {
  if (at !== null && !withPeriod) unit.world.due.put({ kind: "subscription.cancel", id, at });
}

/** The first payment did not come in time: the subscription never began, and its invoice is void. */
export function expireIncomplete(unit: Unit, id: string): void {
  const subscription = unit.world.subscriptions.get(id);
  if (subscription?.status !== "incomplete") return;
  unit.world.due.drop("subscription.period_end", id);
  const invoice = unit.world.invoices.get(idOf(subscription.latest_invoice) ?? "");
  if (invoice?.status === "open") voidInvoice(unit, invoice);
  change(
    unit,
    unit.world.subscriptions,
    subscription,
    { ended_at: unit.now, status: "incomplete_expired" },
    "customer.subscription.updated",
  );
}
