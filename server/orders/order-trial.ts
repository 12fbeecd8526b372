import { and, eq, not } from "drizzle-orm";
import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { trialNoticeDays } from "../pricing/index.ts";

/** The trial that an order's membership runs in: what is charged when it is over. Amounts in minor units, tax included. */
export type OrderTrial = {
  readonly endsAt: Date;
  /** How many days before that is told by mail. */
  readonly noticeDays: number;
  /** What comes then as long as no card is there; null: one is, and is charged. */
  readonly withoutCard: TrialWithoutCard | null;
  readonly later: { readonly amount: number; readonly currency: string };
};

/** Null when none runs (any more), or when it is just being ended. */
export async function trialOfOrder(tx: Tx, orderId: string): Promise<OrderTrial | null> {
  const [row] = await tx
    .select({
      amount: subscriptions.amount,
      currency: subscriptions.currency,
      startedAt: subscriptions.startedAt,
      endsAt: subscriptions.trialEndAt,
      trialWithoutCard: subscriptions.trialWithoutCard,
      cardId: subscriptions.stripeCardId,
    })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.orderId, orderId),
        eq(subscriptions.status, "trialing"),
        // One that is being ended leads to no charge.
        not(subscriptions.trialRefused),
      ),
    );
  if (!row?.endsAt || !row.startedAt) return null;
  const { amount, currency, startedAt, endsAt, cardId, trialWithoutCard } = row;
  const days = Math.round((endsAt.getTime() - startedAt.getTime()) / 86_400_000);
  const withoutCard = cardId === null ? trialWithoutCard : null;
  return { endsAt, noticeDays: trialNoticeDays(days), withoutCard, later: { amount, currency } };
}
