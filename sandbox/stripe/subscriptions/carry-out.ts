import { type Decline, declineFor } from "../cards/declines.ts";
import { recordEvent } from "../events/record.ts";
import { saidItem } from "../invoice-items/shape.ts";
import { newInvoice, parentOf, pendingItems, takeUp } from "../invoices/build.ts";
import { cardFor, expectedPayment } from "../invoices/collect.ts";
import { finalize, settle } from "../invoices/life.ts";
import { judge } from "../payment-intents/pay.ts";
import { behaviorNow } from "../payment-methods/replace.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Invoice, PaymentMethod, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { cardFault } from "./card-fault.ts";
import { remember, rememberLines } from "./debits.ts";
import { keepPendingUpdate } from "./pending-update.ts";
import type { Plan } from "./plan-change.ts";
import { collectFor, concludeOpen } from "./standing.ts";
import { announceTrialEnd } from "./trials.ts";
import { keepPeriodEnd } from "./upcoming.ts";

export type PaymentBehavior =
  | "allow_incomplete"
  | "default_incomplete"
  | "error_if_incomplete"
  | "pending_if_incomplete";

/** Whether charging this card now would go through; otherwise why not. No card is a refusal without a reason. */
export function refusal(
  unit: Unit,
  card: PaymentMethod | undefined,
  offSession: boolean,
): Decline | "none" | "approval" | undefined {
  // A bank that is asked for a debit says no only days later.
  if (card?.type === "sepa_debit") return undefined;
  const behavior = card && behaviorNow(unit, card);
  if (!behavior) return "none";
  const verdict = judge(behavior, { approved: false, offSession });
  if (verdict === null) return undefined;
  return verdict === "needs_approval" ? "approval" : declineFor(verdict);
}

/** The invoice that a change brings at once, not stored yet. */
export function changeInvoice(unit: Unit, current: Subscription, plan: Plan): Invoice {
  const customer = unit.world.customers.get(idOf(current.customer) ?? "");
  if (!customer) throw new Error(`subscription ${current.id} has no customer`);
  const start = Math.min(...current.items.data.map((item) => item.current_period_start));
  const waiting = pendingItems(unit.world, customer.id, current.id, current.currency);
  return newInvoice(
    unit,
    customer,
    { ...current, ...plan.changed },
    {
      reason: "subscription_update",
      period: { start, end: unit.now },
      items: plan.billed,
      free: plan.free,
      // A period that is cut off here is over: what was used in it is owed.
      used: plan.billed.length > 0 && current.status !== "trialing" ? current.items.data : [],
      pending: [...waiting, ...plan.prorations],
    },
  );
}

/** Makes a planned change: prorations wait as pending items, or are invoiced and charged at once. */
export function carryOut(
  unit: Unit,
  before: Subscription,
  plan: Plan,
  how: { payment: PaymentBehavior; offSession: boolean; patch: Partial<Subscription> },
): Subscription {
  const { world } = unit;
  const draft = plan.immediate ? changeInvoice(unit, before, plan) : undefined;
  const due = draft?.amount_due ?? 0;
  const card = cardFor(world, {
    customer: before.customer,
    parent: parentOf({ ...before, ...how.patch }),
    default_payment_method: null,
  });
  const charges = before.collection_method === "charge_automatically";
  const why = due > 0 && charges ? refusal(unit, card, how.offSession) : undefined;
  if (why !== undefined && how.payment === "error_if_incomplete") throw cardFault(why);
  const waits = why !== undefined && how.payment === "pending_if_incomplete" && draft !== undefined;
  if (waits) {
    const patched = change(unit, world.subscriptions, before, how.patch);
    const open = issue(unit, draft, plan, false);
    const kept = keepPendingUpdate(unit, patched, plan.changed, open);
    collectFor(unit, open, { offSession: how.offSession });
    return world.subscriptions.get(kept.id) ?? kept;
  }
  const updated = change(
    unit,
    world.subscriptions,
    before,
    { ...how.patch, ...plan.changed, ...(draft ? { latest_invoice: draft.id } : {}) },
    "customer.subscription.updated",
  );
  keepPeriodEnd(unit, updated);
  if (plan.free) announceTrialEnd(unit, updated);
  for (const debit of plan.debits) remember(unit, { ...debit, invoice: draft?.id ?? null });
  if (!draft) {
    storeProrations(unit, plan);
    return updated;
  }
  const open = issue(unit, draft, plan, true);
  if (how.payment === "default_incomplete" && due > 0 && charges) {
    expectedPayment(unit, open);
    return change(unit, world.subscriptions, updated, { status: "past_due" }, "customer.subscription.updated");
  }
  if (due === 0) settle(unit, open, undefined);
  else concludeOpen(unit, open, { offSession: how.offSession });
  return world.subscriptions.get(updated.id) ?? updated;
}

function storeProrations(unit: Unit, plan: Plan): void {
  for (const item of plan.prorations) {
    unit.world.invoiceItems.insert({ ...item, created: unit.now });
    recordEvent(unit, "invoiceitem.created", saidItem({ ...item, created: unit.now }));
  }
}

/** Stores an invoice with the items it takes up, and opens it. `made`: the change is; one that waits debits nothing yet. */
function issue(unit: Unit, draft: Invoice, plan: Plan, made: boolean): Invoice {
  const { world } = unit;
  const waiting = pendingItems(
    world,
    idOf(draft.customer) ?? "",
    idOf(draft.parent?.subscription_details?.subscription),
    draft.currency,
  );
  storeProrations(unit, plan);
  takeUp(unit, [...waiting, ...plan.prorations], draft.id);
  if (made) rememberLines(unit, draft.lines.data, plan.items);
  return finalize(unit, create(unit, world.invoices, draft, "invoice.created"));
}
