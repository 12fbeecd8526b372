import { findPlanOf } from "../entitlements/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { writePriceReceipt } from "../pricing/index.ts";
import { addChange, subscriptionErrors } from "../subscriptions/index.ts";
import { carriedQuantity } from "./carried-quantity.ts";
import { type ChangeQuote, openQuote } from "./change-quote.ts";
import type { Reach } from "./own-membership.ts";
import { reachMembership } from "./own-membership.ts";
import { priceFor, requireAllowed } from "./quote-change.ts";

/**
 * A membership becomes another, at the price that was quoted: now and charged at once, or when its period ends. Until the
 * money has come it stays what it is. The price keeps its receipt. Idempotent by `formKey`. Throws
 * `subscriptions.quote_expired` when the quote is out of date, or the price, the period, the trial's end or what members may choose
 * is another by now, and what `quoteChange` throws.
 */
export async function requestPlanChange(
  ctx: Ctx<{ secretBox: SecretBox }>,
  request: { readonly id: string; readonly quote: string; readonly formKey: string },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, formKey } = request;
  const quote = openQuote(ctx.providers.secretBox, request.quote, id, ctx.now());
  if (!quote) throw subscriptionErrors.quoteExpired();
  const { productId, variantId, timing, stripePriceId, amount, currency, interval, intervalCount } = quote;
  const { quantity, extraSeats } = quote;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const wish = {
      ...{ subscriptionId: id, kind: "plan" as const, timing, productId, variantId, stripePriceId },
      ...{ amount, currency, interval, intervalCount, quantity, extraSeats, quote: quote.preview },
      ...trialOf(quote),
      prorationAt: quote.prorationAt === null ? null : new Date(quote.prorationAt),
      idempotencyKey: `${id}:plan:${formKey}`,
    };
    const changeId = await addChange(tx, wish, async () => {
      const { membership, price } = await priceFor(tx, { id, productId, variantId }, reach);
      await requireAllowed(tx, { membership, price, quote }, reach);
      const endsAt = quote.periodEndAt === undefined ? quote.nextPaymentAt : quote.periodEndAt;
      const sameEnd = (membership.currentPeriodEndAt?.toISOString() ?? null) === endsAt;
      const carried = carriedQuantity(membership, price);
      const same = carried.amount === amount && carried.quantity === quantity;
      if (price.stripePriceId !== stripePriceId || !same || !sameEnd) throw subscriptionErrors.quoteExpired();
      const owner = { customerId: membership.customerId, accessTokenHash: null };
      const sold = membership.organizationId === null ? null : await findPlanOf(tx, productId);
      const planVersionId = sold?.planVersionId ?? null;
      return { planVersionId, priceReceiptId: await writePriceReceipt(tx, price, owner, sold ? 1 : carried.quantity) };
    });
    return { changeId };
  });
}

/** Where a trial is not kept to the day that was promised: by which rule, and when it ends. */
function trialOf({ trial }: ChangeQuote) {
  if (!trial || trial.ends === "kept" || trial.rule === "keep") return {};
  return { trialRule: trial.rule, trialEndAt: new Date(trial.at) };
}
