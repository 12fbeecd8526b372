import { type Due, dueOf } from "../invoices/totals.ts";
import type { CheckoutSession } from "../wire.ts";
import { idOf, type World } from "../world.ts";

export interface DueNow extends Due {
  /** What the customer's balance changes: a credit that is used is negative, a debt that is taken along positive. */
  applied: number;
}

/** Whether the page asks for a way to pay: not where the shop wants one only if something is due, and nothing is. */
export function asksForMethod(world: World, session: CheckoutSession): boolean {
  return (
    session.mode !== "subscription" ||
    session.payment_method_collection !== "if_required" ||
    dueNow(world, session).due > 0
  );
}

/**
 * What a checkout charges now. A subscription's first invoice counts the customer's balance in, as every invoice does; a single
 * payment does not.
 */
export function dueNow(world: World, session: CheckoutSession): DueNow {
  const total = session.amount_total ?? 0;
  const customer = world.customers.get(idOf(session.customer) ?? "");
  const balance = session.mode === "subscription" ? (customer?.balance ?? 0) : 0;
  if (balance === 0) return { due: total, ending: customer?.balance ?? 0, tooSmall: false, applied: 0 };
  const due = dueOf(total, balance, session.currency ?? "");
  return { ...due, applied: due.due - total };
}
