import { eq } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { transition } from "../kernel/machine.ts";
import { checkoutMachine } from "./checkout-status.ts";
import { findCheckout } from "./find-checkout.ts";

/**
 * Gives up a top-up whose charge never reached the provider, hours ago or before its owner switched top-ups off. Nothing is
 * wrong with the card, so nothing stops: whether to charge is decided anew, with what is left and wanted now
 * (`credits.balance_low`). Locks the checkout. Idempotent.
 */
export async function letTopUpGo(tx: Tx, id: string): Promise<void> {
  const checkout = await findCheckout(tx, id, { lock: true });
  const waits = checkout.status === "created" || checkout.status === "unknown";
  if (!waits || checkout.paymentExternalId !== null) return;
  await tx.update(checkouts).set({ failureCode: "outdated", nextCheckAt: null }).where(eq(checkouts.id, id));
  await transition(tx, checkoutMachine, { id, event: "rejected", cause: "outdated" });
  if (checkout.customerId) await emit(tx, { name: "credits.balance_low", id: checkout.customerId });
}
