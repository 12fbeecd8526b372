import { and, eq, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import { alerts } from "../../drizzle/schema/webhooks.ts";
import { raiseAlert, raiseAlertOnce } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import type { Change } from "./change.ts";

/** Something that was to come with the end of a period came too late, and what that cost could not all be paid back by itself. */
const LATE_CHANGE_ALERT = "billing.late_change";

type Sum = { readonly amount: number; readonly currency: Currency };

/** The membership's id stands first: by it the alert is looked up. */
const subjectOf = ({ id, subscriptionId }: Pick<Change, "id" | "subscriptionId">): string => `${subscriptionId} ${id}`;

/** What the keys of the refunds of a change that came too late begin with. */
export const lateKey = (changeId: string): string => `late:${changeId}:`;

/**
 * Lays a change that came too late before a person, with what it may have cost the member; of one bill, where it is known which. Once:
 * what a person has dealt with does not come back.
 */
export async function tellOfLate(
  tx: Tx,
  change: Pick<Change, "id" | "subscriptionId" | "kind" | "toldEndAt">,
  money: Sum,
  invoiceId?: string,
): Promise<void> {
  const { subscriptionId, kind, toldEndAt } = change;
  const day = toldEndAt?.toISOString().slice(0, 10);
  const detail = `What was asked of membership ${subscriptionId} for ${day} (${kind}) came too late. Look at what was charged since, and pay back what is not owed.`;
  const subject = invoiceId === undefined ? subjectOf(change) : `${subjectOf(change)} ${invoiceId}`;
  await raiseAlertOnce(tx, { kind: LATE_CHANGE_ALERT, subject, detail, money });
}

/** Something that a member was told is done was refused, by the provider or by us: it is laid before a person, with what the next period costs. */
export async function tellOfRefused(
  tx: Tx,
  change: Pick<Change, "id" | "subscriptionId" | "kind">,
  code: string,
  { amount, currency }: Sum,
): Promise<void> {
  const { subscriptionId, kind } = change;
  const detail = `What was asked of membership ${subscriptionId} (${kind}) was refused (${code}). Whoever asked was told that it is done.`;
  const money = { amount, currency };
  await raiseAlert(tx, { kind: "billing.change_refused", subject: subjectOf(change), detail, money });
}

/**
 * What came of the money of a change that was too late, as far as it is known: `paid_back`, all of it; `in_hand`, some of it is laid
 * before a person; null: nothing was charged that is not owed.
 */
export async function lateMoneyOf(tx: Tx, change: Change): Promise<"paid_back" | "in_hand" | null> {
  const told = await tx
    .select({ id: alerts.id })
    .from(alerts)
    .where(and(eq(alerts.kind, LATE_CHANGE_ALERT), sql`starts_with(${alerts.subject}, ${subjectOf(change)})`))
    .limit(1);
  if (told.length > 0) return "in_hand";
  const back = await tx
    .select({ status: refunds.status })
    .from(refunds)
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .innerJoin(invoices, eq(invoices.id, payments.invoiceId))
    .where(
      and(
        eq(invoices.subscriptionId, change.subscriptionId),
        sql`starts_with(${refunds.idempotencyKey}, ${lateKey(change.id)})`,
      ),
    );
  if (back.length === 0) return null;
  return back.some(({ status }) => status === "failed") ? "in_hand" : "paid_back";
}
