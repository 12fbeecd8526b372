import { and, eq } from "drizzle-orm";
import { retentionOffers } from "../../drizzle/schema/retention-offers.ts";
import { actorName } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { offerErrors } from "./errors.ts";
import type { OfferContent } from "./input.ts";

/**
 * Staff say what somebody who leaves is offered from now on. Idempotent by `formKey`. Audited. Returns its id.
 */
export async function addOffer(
  ctx: Ctx,
  { formKey, content }: { formKey: string; content: OfferContent },
): Promise<{ id: string }> {
  const id = `off_${formKey}`;
  return ctx.db.transaction(async (tx) => {
    const made = await tx
      .insert(retentionOffers)
      .values({ id, ...columnsOf(content), createdBy: actorName(ctx.actor), createdAt: tx.scope.now })
      .onConflictDoNothing()
      .returning({ id: retentionOffers.id });
    if (made.length > 0) await recordAct(tx, { action: "offers.add", subject: id, reason: content.name });
    return { id };
  });
}

/**
 * Staff change what is offered. What somebody was shown before holds for the hour that it was shown for. Audited. Throws
 * `offers.not_found`, `offers.conflict` when somebody else was faster.
 */
export async function editOffer(
  ctx: Ctx,
  { id, revision, content }: { id: string; revision: number; content: OfferContent },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const changed = await tx
      .update(retentionOffers)
      .set({ ...columnsOf(content), revision: revision + 1 })
      .where(and(eq(retentionOffers.id, id), eq(retentionOffers.revision, revision)))
      .returning({ id: retentionOffers.id });
    if (changed.length === 0) {
      const [known] = await tx
        .select({ id: retentionOffers.id })
        .from(retentionOffers)
        .where(eq(retentionOffers.id, id));
      throw known ? offerErrors.conflict() : offerErrors.notFound();
    }
    await recordAct(tx, { action: "offers.edit", subject: id, reason: content.name });
  });
}

/** Staff switch an offer on or off; nobody is shown one that is off. Idempotent. Audited. Throws `offers.not_found`. */
export async function switchOffer(ctx: Ctx, { id, on }: { id: string; on: boolean }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.update(retentionOffers).set({ on }).where(eq(retentionOffers.id, id)).returning();
    if (!row) throw offerErrors.notFound();
    await recordAct(tx, { action: on ? "offers.on" : "offers.off", subject: id, reason: row.name });
  });
}

/** Only what its kind needs is kept. */
function columnsOf(content: OfferContent) {
  const { name, kind, productIds, reasons, againAfterMonths, position } = content;
  const plan = kind === "plan";
  return {
    ...{ name, kind, productIds, reasons, againAfterMonths, position },
    discountBps: kind === "discount" ? (content.discountBps ?? null) : null,
    months: plan ? null : (content.months ?? null),
    productId: plan ? (content.productId ?? null) : null,
    variantId: plan ? (content.variantId ?? null) : null,
    activeFrom: content.activeFrom ?? null,
    activeUntil: content.activeUntil ?? null,
  };
}
