import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { checkouts, invoices, payments, payouts, subscriptions, webhookEvents } from "../../drizzle/schema/index.ts";
import { applyPlanJob, planApplied, planToApply } from "../entitlements/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { PayoutFacts } from "../payments/index.ts";
import type { Providers } from "../ports.ts";
import type { Fields } from "./differences.ts";
import type { OpenObject } from "./open-objects.ts";

export type Looking = Pick<Providers, "checkout" | "payments" | "payouts" | "subscriptions">;

/** A payout, ours or as the provider holds it. */
const payoutFields = ({
  status,
  amount,
  currency,
  arrivalAt,
  failureCode,
}: Omit<PayoutFacts, "externalId">): Fields => ({
  ...{ status, amount: String(amount), currency, arrival: instant(arrivalAt), failure: failureCode },
});

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
    case "payout": {
      const [row] = await tx.select().from(payouts).where(eq(payouts.externalId, object));
      return row ? payoutFields(row) : null;
    }
    case "organization":
      return { plan: await planApplied(tx, object) };
  }
}

/**
 * What the provider holds of it, in the same words; null when it says that there is none. Of an organization, what follows from
 * its subscriptions, which are compared with the provider by themselves.
 */
export async function readTheirs(
  { providers: from, db }: Pick<Ctx<Looking>, "providers" | "db">,
  { kind, object }: OpenObject,
): Promise<Fields | null> {
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
    case "payout": {
      const facts = await from.payouts.findPayout(object);
      return facts && payoutFields(facts);
    }
    case "organization":
      return db.transaction(
        async (tx): Promise<Fields> => {
          const plan = await planToApply(tx, object);
          // Where none can be applied there is nothing that could be put right.
          return plan === null ? {} : { plan: plan.code };
        },
        { readOnly: true },
      );
  }
}

/**
 * Whether an object is about to be put right, and not a drift: news of it waits in the inbox, or a call of ours that changes it
 * (a change of a membership, a refund) is on its way, so that the provider may know of it before we have written it. A call
 * whose outcome is not known after an hour hides nothing any more.
 */
export async function isAwaited(tx: Tx, { kind, object }: Pick<OpenObject, "kind" | "object">): Promise<boolean> {
  const [news, calls] = await Promise.all([
    tx
      .select({ id: webhookEvents.id })
      .from(webhookEvents)
      .where(and(eq(webhookEvents.objectId, object), inArray(webhookEvents.status, ["received", "retrying"])))
      .limit(1),
    kind === "checkout" || kind === "payout" ? [] : tx.execute(underWay[kind](object)),
  ]);
  return news.length > 0 || calls.length > 0;
}

const lately = sql`app_now() - interval '1 hour'`;
const changing = sql`subscription_changes c on c.subscription_id = s.id and c.status in ('sent', 'unknown') and c.created_at > ${lately}`;
/** The calls that change an object and whose outcome is not written here yet; of a plan, the job that applies it. */
const underWay: Readonly<Record<Exclude<OpenObject["kind"], "checkout" | "payout">, (object: string) => SQL>> = {
  subscription: (object) =>
    sql`select c.id from subscriptions s join ${changing} where s.stripe_subscription_id = ${object} limit 1`,
  invoice: (object) =>
    sql`select c.id from invoices i join subscriptions s on s.id = i.subscription_id join ${changing} where i.stripe_invoice_id = ${object} limit 1`,
  organization: (object) => sql`select j.id from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = ${applyPlanJob.name}
    where j.payload ->> 'subscriptionId' in (select id from subscriptions where organization_id = ${object})
      and j.attempts < j.max_attempts limit 1`,
  payment: (object) => sql`
    (select r.id from payments p join refunds r on r.payment_id = p.id and r.status in ('sent', 'unknown') and r.created_at > ${lately}
      where p.provider = 'stripe' and p.external_id = ${object} limit 1)
    union all (select c.id from payments p join invoices i on i.id = p.invoice_id join subscriptions s on s.id = i.subscription_id
      join ${changing} where p.provider = 'stripe' and p.external_id = ${object} limit 1)`,
};
