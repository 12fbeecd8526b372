import { bookBalance } from "../charges/balance.ts";
import { previousAttributes } from "../events/changes.ts";
import { recordEvent } from "../events/record.ts";
import { change, type Unit } from "../unit.ts";
import { idOf } from "../world.ts";

/** How long a bank takes over a refund that is not there at once. */
export const refundSeconds = 86_400;

/** The bank has decided about a refund: it arrived, or it comes back and the charge counts as not refunded. */
export function settleRefund(unit: Unit, id: string): void {
  const { world } = unit;
  const refund = world.refunds.get(id);
  const charge = world.charges.get(idOf(refund?.charge) ?? "");
  if (!refund || !charge || (refund.status !== "pending" && refund.status !== "succeeded")) return;
  const fails = world.cards.get(idOf(charge.payment_method) ?? "")?.behavior.refunds === "fail";
  if (!fails) {
    const done = change(unit, world.refunds, refund, { status: "succeeded" }, "refund.updated");
    recordEvent(unit, "charge.refund.updated", done, previousAttributes(refund, done));
    return;
  }
  const source = { id, currency: refund.currency, description: `REFUND FAILURE (${refund.charge})` };
  const booked = bookBalance(unit, "refund_failure", source, refund.amount);
  const patch = { failure_balance_transaction: booked.id, failure_reason: "unknown", status: "failed" };
  const failed = change(unit, world.refunds, refund, patch, "refund.failed");
  recordEvent(unit, "charge.refund.updated", failed, previousAttributes(refund, failed));
  const left = charge.amount_refunded - refund.amount;
  change(unit, world.charges, charge, { amount_refunded: left, refunded: false }, "charge.updated");
}
