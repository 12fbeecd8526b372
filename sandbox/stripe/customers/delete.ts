import { recordEvent } from "../events/record.ts";
import { inPath } from "../lookups.ts";
import { detach } from "../payment-methods/attach.ts";
import { cancellationDetails, endSubscription } from "../subscriptions/cancel.ts";
import type { Unit } from "../unit.ts";

export interface Gone {
  id: string;
  object: "customer";
  deleted: true;
}

/**
 * Deletes a customer for good: subscriptions end at once, cards are let go, drafts and what waited for an invoice go too.
 * What was paid stays, and the customer's id says from then on that it is deleted.
 */
export function deleteCustomer(unit: Unit, id: string | undefined): Gone {
  const { world } = unit;
  const customer = inPath(world.customers, id);
  for (const one of world.subscriptions.by("customer", customer.id))
    if (one.status !== "canceled" && one.status !== "incomplete_expired")
      endSubscription(unit, one, cancellationDetails(one, undefined, true));
  for (const one of world.invoiceItems.by("pending", customer.id)) world.invoiceItems.delete(one.id);
  for (const one of world.invoices.by("customer", customer.id)) {
    world.due.drop("invoice.finalize", one.id);
    world.due.drop("invoice.retry", one.id);
    if (one.status !== "draft") continue;
    world.invoices.delete(one.id);
    recordEvent(unit, "invoice.deleted", one);
  }
  for (const one of world.paymentMethods.by("customer", customer.id)) detach(unit, one);
  for (const one of world.taxIds.by("customer", customer.id)) world.taxIds.delete(one.id);
  const last = world.customers.get(customer.id) ?? customer;
  world.customers.delete(customer.id);
  const gone: Gone = { id: customer.id, object: "customer", deleted: true };
  world.deletedCustomers.insert({ ...gone, created: last.created });
  recordEvent(unit, "customer.deleted", last);
  return gone;
}

/** A customer, or for one that was deleted the word that it was. */
export function customerOrGone(unit: Unit, id: string | undefined): object {
  const gone = unit.world.deletedCustomers.get(id ?? "");
  if (!gone) return inPath(unit.world.customers, id);
  return { id: gone.id, object: gone.object, deleted: gone.deleted };
}
