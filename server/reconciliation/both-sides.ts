import { and, eq, inArray } from "drizzle-orm";
import { checkouts, invoices, payments, subscriptions, webhookEvents } from "../../drizzle/schema/index.ts";
import type { Tx } from "../kernel/db.ts";
import type { Providers } from "../ports.ts";
import type { Fields } from "./differences.ts";
import type { OpenObject } from "./open-objects.ts";

export type Looking = Pick<Providers, "checkout" | "payments" | "subscriptions">;

const instant = (at: Date | null) => at?.toISOString() ?? null;

/** What we hold of an object; null when we have none. */
export async function readOurs(tx: Tx, { kind, object }: Pick<OpenObject, "kind" | "object">): Promise<Fields | null> {
  switch (kind) {
    case "subscription": {
      const [row] = await tx.select().from(subscriptions).where(eq(subscriptions.stripeSubscriptionId, object));
      if (!row) return null;
      const { status, amount, quantity, currency, currentPeriodEndAt, cancelAt } = row;
      return {
        status,
        amount: String(amount),
        quantity: String(quantity),
        currency,
        period_end: instant(currentPeriodEndAt),
        ends: instant(cancelAt),
      };
    }
    case "invoice": {
      const [row] = await tx.select().from(invoices).where(eq(invoices.stripeInvoiceId, object));
      return row ? { status: row.status, total: String(row.totalAmount), paid: String(row.amountPaid) } : null;
    }
    case "payment": {
      const [row] = await tx
        .select()
        .from(payments)
        .where(and(eq(payments.provider, "stripe"), eq(payments.externalId, object)));
      return row ? { status: row.status, amount: String(row.amount), refunded: String(row.refundedAmount) } : null;
    }
    case "checkout": {
      const [row] = await tx.select().from(checkouts).where(eq(checkouts.stripeSessionId, object));
      return row ? { status: row.status === "unknown" ? "open" : row.status } : null;
    }
  }
}

/** What the provider holds of it, in the same words; null when it says that there is none. */
export async function readTheirs(from: Looking, { kind, object }: OpenObject): Promise<Fields | null> {
  switch (kind) {
    case "subscription": {
      const facts = await from.subscriptions.findSubscription(object);
      if (!facts) return null;
      const { status, amount, quantity, currency, currentPeriodEndAt, cancelAt } = facts;
      return {
        status,
        amount: String(amount),
        quantity: String(quantity),
        currency,
        period_end: instant(currentPeriodEndAt),
        ends: instant(cancelAt),
      };
    }
    case "invoice": {
      const facts = await from.subscriptions.findInvoice(object);
      return facts && { status: facts.status, total: String(facts.totalAmount), paid: String(facts.amountPaid) };
    }
    case "payment": {
      const facts = await from.payments.findPayment(object);
      return facts && { status: facts.status, amount: String(facts.amount), refunded: String(facts.refundedAmount) };
    }
    case "checkout": {
      const facts = await from.checkout.findSession(object);
      return facts && { status: facts.status === "complete" ? "completed" : facts.status };
    }
  }
}

/** Whether news of an object waits in the inbox: then it is about to be put right, and not a drift. */
export async function isAwaited(tx: Tx, object: string): Promise<boolean> {
  const rows = await tx
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.objectId, object), inArray(webhookEvents.status, ["received", "retrying"])))
    .limit(1);
  return rows.length > 0;
}
