import { and, desc, eq, like } from "drizzle-orm";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { readReceiptInputs } from "../pricing/index.ts";
import { addChange, readChangeFacts } from "../subscriptions/index.ts";
import { type CampaignEnd, campaignEndOf } from "./campaign-end.ts";

type Of = { readonly subscriptionId?: string | undefined; readonly changeId?: string | undefined };

/**
 * Has the end of a campaign's months booked at the provider, by a schedule that changes to the price that was promised
 * after it: when the membership begins, and again whenever something that took its place (an end, a pause, another plan) was
 * taken back. Not while one of those stands, not in a trial, and not once staff have let the price hold. Idempotent: one
 * booking at a time. One that the provider refused is laid before a person. Worker only. Throws while another change is
 * under way, so that the job comes back.
 */
export async function bookCampaignEnd(ctx: Ctx, of: Of): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const id = await membershipOf(tx, of);
    if (id === null) return;
    const { membership, facts } = await readChangeFacts(tx, id);
    if (membership.status !== "active" && membership.status !== "past_due") return;
    const end = await campaignEndOf(tx, membership);
    if (!end) return;
    const key = `${id}:campaign-end:${membership.priceReceiptId}:`;
    const before = await tx
      .select({ status: subscriptionChanges.status })
      .from(subscriptionChanges)
      .where(and(eq(subscriptionChanges.subscriptionId, id), like(subscriptionChanges.idempotencyKey, `${key}%`)))
      .orderBy(desc(subscriptionChanges.createdAt), desc(subscriptionChanges.id));
    const last = before[0]?.status;
    if (last === "failed") return tellStaff(tx, id, end);
    if (last !== undefined && last !== "superseded") return;
    if (facts.cancelAt || facts.pauseAt || facts.scheduledKind !== null || membership.status !== "active") return;
    if (facts.inFlight) throw new Error("another change is under way; the campaign's end is booked after it");
    const { at, campaignId, productId, variantId, stripePriceId, amount, quantity, interval, intervalCount } = end;
    await addChange(
      tx,
      {
        ...{ subscriptionId: id, kind: "plan" as const, timing: "period_end" as const, effectiveAt: at, campaignId },
        ...{
          productId,
          variantId,
          stripePriceId,
          amount,
          quantity,
          currency: membership.currency,
          interval,
          intervalCount,
        },
        idempotencyKey: `${key}${before.length}`,
      },
      async ({ priceReceiptId }) => ({ priceReceiptId: await receiptAfter(tx, priceReceiptId, end) }),
    );
  });
}

async function membershipOf(tx: Tx, { subscriptionId, changeId }: Of): Promise<string | null> {
  if (subscriptionId !== undefined) return subscriptionId;
  const [row] = await tx
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .innerJoin(subscriptionChanges, eq(subscriptionChanges.subscriptionId, subscriptions.id))
    .where(eq(subscriptionChanges.id, changeId ?? ""));
  return row?.id ?? null;
}

/** The receipt of the price that follows: the default one of the day of the purchase, without any campaign. */
async function receiptAfter(tx: Tx, priceReceiptId: string, end: CampaignEnd): Promise<string> {
  const [before] = await tx.select().from(priceReceipts).where(eq(priceReceipts.id, priceReceiptId));
  if (!before) throw new Error(`there is no receipt ${priceReceiptId}`);
  const id = newId("prr");
  const inputs = readReceiptInputs(before.inputs);
  await tx.insert(priceReceipts).values({
    ...before,
    ...{ id, campaignId: null, amount: end.unitAmount, stripePriceId: end.stripePriceId, alternatives: [] },
    inputs: { ...inputs, quantity: end.quantity, candidates: [], history: [], lowest30Days: null },
    createdAt: tx.scope.now,
  });
  return id;
}

async function tellStaff(tx: Tx, id: string, { at }: CampaignEnd): Promise<void> {
  const day = at.toISOString().slice(0, 10);
  const detail = `The price of membership ${id} should end with its campaign on ${day}, and the provider refused to book that. Change the plan by hand, or let the price hold.`;
  await raiseAlert(tx, { kind: "billing.campaign_end", subject: id, detail });
}
