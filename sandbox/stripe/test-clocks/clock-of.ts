import type { Raw, RawTable } from "../api/form.ts";
import type { TestClock } from "../wire.ts";
import { idOf, type World } from "../world.ts";

const textOf = (raw: Raw | undefined) => (typeof raw === "string" ? raw : undefined);

/** The customer whom an object belongs to, whatever kind of object it is. */
function customerBehind(world: World, id: string): string | null {
  const owned =
    world.subscriptions.get(id) ??
    world.invoices.get(id) ??
    world.invoiceItems.get(id) ??
    world.paymentIntents.get(id) ??
    world.setupIntents.get(id) ??
    world.paymentMethods.get(id) ??
    world.charges.get(id) ??
    world.schedules.get(id) ??
    world.sessions.get(id) ??
    world.creditNotes.get(id) ??
    world.creditGrants.get(id) ??
    (id.startsWith("si_") ? world.subscriptions.first("item", id) : undefined);
  return world.customers.get(id)?.id ?? idOf(owned?.customer);
}

/** The clock that a customer lives on; none for most, who live on the sandbox's own. */
export function clockOfCustomer(
  world: World,
  customer: string | { id: string } | null | undefined,
): TestClock | undefined {
  return world.testClocks.get(idOf(world.customers.get(idOf(customer) ?? "")?.test_clock) ?? "");
}

/** The time as a customer lives it, in unix seconds. */
export function secondsFor(world: World, customer: string | { id: string } | null | undefined): number {
  return clockOfCustomer(world, customer)?.frozen_time ?? world.clock.seconds();
}

/** The clock that a call lives on: that of the customer whom it names, or whose object it names. None for most. */
export function clockOfCall(world: World, ids: readonly string[], raw: RawTable): TestClock | undefined {
  if (world.testClocks.isEmpty()) return undefined;
  const named = textOf(raw.test_clock);
  if (named !== undefined) return world.testClocks.get(named);
  // Whoever reports that something was used says in the report who used it.
  const reported = typeof raw.payload === "object" ? Object.values(raw.payload).map(textOf) : [];
  for (const id of [textOf(raw.customer), textOf(raw.subscription), textOf(raw.invoice), ...reported, ...ids]) {
    const customer = world.customers.get((id && customerBehind(world, id)) ?? "");
    if (customer) return world.testClocks.get(idOf(customer.test_clock) ?? "");
  }
  return undefined;
}
