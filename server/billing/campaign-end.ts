import { and, asc, desc, eq, gt, inArray, like, ne } from "drizzle-orm";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { type LaterPrice, laterPriceOf } from "../pricing/index.ts";
import { type Membership, renewalDate, unitsOf } from "../subscriptions/index.ts";

export type CampaignEnd = LaterPrice & {
  readonly at: Date;
  readonly campaignId: string;
  readonly productId: string;
  readonly variantId: string | null;
  /** How many are charged for then, each at `unitAmount`; the amount is for all of them. */
  readonly quantity: number;
  readonly unitAmount: number;
};

const MONTH = { interval: "month", intervalCount: 1 };
const DAY = 86_400_000;

/**
 * When the price of a membership ends with its campaign's months, and what follows: as the receipt of the price has it,
 * whatever became of campaign and default price since. Counted from the first period that was paid at it (a trial's months
 * are given besides, and what it rests is left out), and always the end of a period: one that is over already ends with the period that
 * runs. Of one that rests until a day as it will be from then on. Null: the price holds as long as the membership does, also since staff have let it.
 */
export async function campaignEndOf(tx: Tx, membership: Membership): Promise<CampaignEnd | null> {
  const { anchorAt, currentPeriodEndAt, priceReceiptId, pauseAt, resumeAt } = membership;
  const [receipt] = await tx.select().from(priceReceipts).where(eq(priceReceipts.id, priceReceiptId));
  const later = receipt ? laterPriceOf(receipt) : null;
  if (!receipt?.campaignId || !later || !anchorAt) return null;
  const [booked] = await campaignBookings(tx, membership);
  if (booked?.status === "undone") return null;
  const { effectiveAt, completedAt, trialEndAt } = subscriptionChanges;
  const [change] = await tx
    .select({ effectiveAt, completedAt, trialEndAt })
    .from(subscriptionChanges)
    .where(and(eq(subscriptionChanges.priceReceiptId, priceReceiptId), eq(subscriptionChanges.status, "applied")))
    .orderBy(desc(completedAt))
    .limit(1);
  const became = change?.effectiveAt ?? change?.completedAt;
  const kept = became ? await firstPaidAfter(tx, membership, became) : firstPaidAt(membership);
  const since = change?.trialEndAt ?? kept ?? became ?? anchorAt;
  let { from, months } = await afterRests(tx, membership, { from: since, months: later.months });
  let [cycle, runs] = [anchorAt, currentPeriodEndAt?.getTime() ?? 0];
  if (pauseAt && resumeAt) {
    months -= monthsUntil(from, pauseAt);
    from = resumeAt;
    [cycle, runs] = [resumeAt, renewalDate(resumeAt, membership, 1).getTime()];
  }
  // Some hours between the change and the period's instant are no month more.
  const least = Math.max(renewalDate(from, MONTH, Math.max(0, months)).getTime() - DAY, runs);
  let n = 0;
  while (renewalDate(cycle, membership, n).getTime() < least) n++;
  const { campaignId, productId, variantId } = receipt;
  const quantity = unitsOf(membership);
  const paid = { quantity, unitAmount: later.amount, amount: later.amount * quantity };
  return { ...later, ...paid, at: renewalDate(cycle, membership, n), campaignId, productId, variantId };
}

/** When what was bought was first paid for; its cycle is counted from another instant once it has rested. */
const firstPaidAt = ({ hadTrial, trialEndAt, startedAt }: Membership): Date | null =>
  hadTrial ? trialEndAt : startedAt;

/** When a membership that changed in its trial was first paid for, or is going to be; null: it was paid for before. */
async function firstPaidAfter(tx: Tx, { id, hadTrial, trialEndAt }: Membership, changedAt: Date): Promise<Date | null> {
  if (!hadTrial || trialEndAt === null) return null;
  const { periodStartAt, subscriptionId, reason, amountPaid } = invoices;
  const [first] = await tx
    .select({ at: periodStartAt })
    .from(invoices)
    .where(and(eq(subscriptionId, id), ne(reason, "subscription_create"), gt(amountPaid, 0)))
    .orderBy(asc(periodStartAt))
    .limit(1);
  const at = first?.at ?? trialEndAt;
  return at > changedAt ? at : null;
}

/** How many months of a price had been paid by an instant at which a period ends. */
function monthsUntil(from: Date, until: Date): number {
  let n = 0;
  while (renewalDate(from, MONTH, n).getTime() < until.getTime() - DAY) n++;
  return n;
}

type Left = { readonly from: Date; readonly months: number };

/** What is left of a price's months, and from when, after every rest since it began: a rest takes none, and begins none anew. */
async function afterRests(tx: Tx, { id, anchorAt }: Membership, began: Left): Promise<Left> {
  const { kind, effectiveAt, completedAt } = subscriptionChanges;
  const rests = await tx
    .select({ kind, effectiveAt, completedAt })
    .from(subscriptionChanges)
    .where(
      and(
        eq(subscriptionChanges.subscriptionId, id),
        inArray(kind, ["pause", "resume"]),
        eq(subscriptionChanges.status, "applied"),
        gt(completedAt, began.from),
      ),
    )
    .orderBy(asc(completedAt), asc(subscriptionChanges.id));
  let { from, months } = began;
  let rested: Date | null = null;
  for (const one of rests) {
    if (one.kind === "pause") rested = one.effectiveAt;
    if (one.kind !== "resume" || !one.completedAt) continue;
    months -= rested ? monthsUntil(from, rested) : 0;
    from = one.completedAt;
    rested = null;
  }
  // We may have seen it going on later than it did.
  return { from: anchorAt && from > began.from && anchorAt < from ? anchorAt : from, months };
}

/** What the idempotency keys of the bookings of the end of a membership's campaign begin with. */
export const campaignEndKey = ({ id, priceReceiptId }: Pick<Membership, "id" | "priceReceiptId">): string =>
  `${id}:campaign-end:${priceReceiptId}:`;

/** How the end of a membership's campaign was booked so far, the newest first. */
export function campaignBookings(tx: Tx, membership: Pick<Membership, "id" | "priceReceiptId">) {
  return tx
    .select({ status: subscriptionChanges.status })
    .from(subscriptionChanges)
    .where(
      and(
        eq(subscriptionChanges.subscriptionId, membership.id),
        like(subscriptionChanges.idempotencyKey, `${campaignEndKey(membership)}%`),
      ),
    )
    .orderBy(desc(subscriptionChanges.createdAt), desc(subscriptionChanges.id));
}
