import type { Ctx } from "../kernel/ctx.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { holdSeats } from "../organizations/index.ts";
import { addChange, subscriptionErrors } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { openQuantityQuote, type QuantityQuote } from "./quantity-quote.ts";
import { type QuantityRequest, quantityTerms } from "./quantity-wish.ts";

/**
 * A plan gets more or fewer seats, or somebody more or fewer of their membership, as was quoted: more now, there once they are
 * paid; fewer when the period ends, and then those who were named lose their seats. From here on no more seats are taken up than
 * there will be. Idempotent by `formKey`. Throws `subscriptions.quote_expired` when the quote is out of date, of another kind, or
 * price, period or number are others by now, and what `quoteQuantity` throws.
 */
export async function requestQuantity(
  ctx: Ctx<{ secretBox: SecretBox }>,
  request: {
    readonly kind: QuantityQuote["kind"];
    readonly id: string;
    readonly quote: string;
    readonly formKey: string;
    /** Why staff do it. */
    readonly reason?: string | undefined;
  },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { kind, id, formKey, reason } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const quote = openQuantityQuote(ctx.providers.secretBox, request.quote, id, ctx.now());
    if (quote?.kind !== kind) throw subscriptionErrors.quoteExpired();
    const { quantity, extraSeats, timing, amount, currency, interval, intervalCount, leavers } = quote;
    const wish = {
      ...{ subscriptionId: id, kind, timing, quantity, extraSeats, ...(kind === "seats" ? { leavers } : {}) },
      ...{ amount, currency, interval, intervalCount, quote: quote.preview, comment: reason ?? null },
      prorationAt: quote.prorationAt === null ? null : new Date(quote.prorationAt),
      idempotencyKey: `${id}:${kind}:${formKey}`,
    };
    const changeId = await addChange(tx, wish, async ({ organizationId }) => {
      if (organizationId !== null) await holdSeats(tx, organizationId);
      const { membership, terms } = await quantityTerms(tx, requestOf(id, quote), reach);
      const sameEnd = (membership.currentPeriodEndAt?.toISOString() ?? null) === quote.nextPaymentAt;
      const same =
        terms.amount === amount &&
        terms.extraSeats === extraSeats &&
        terms.eachAmount === quote.eachAmount &&
        terms.timing === timing &&
        terms.extraBefore === quote.extraBefore &&
        terms.quantityBefore === quote.quantityBefore;
      if (!sameEnd || !same) throw subscriptionErrors.quoteExpired();
      return {};
    });
    return { changeId };
  });
}

function requestOf(id: string, { kind, quantity, leavers }: QuantityQuote): QuantityRequest {
  return kind === "seats" ? { kind, id, seats: quantity, leavers } : { kind, id, units: quantity };
}
