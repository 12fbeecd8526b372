import type { Ctx } from "../kernel/ctx.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { holdSeats } from "../organizations/index.ts";
import { addChange, subscriptionErrors } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { openSeatQuote } from "./seat-quote.ts";
import { seatTerms } from "./seat-wish.ts";

/**
 * A plan gets more or fewer seats, as was quoted: more now, there once they are paid; fewer when the period ends, and then
 * those who were named lose theirs. From here on no more seats are taken up than there will be. Idempotent by `formKey`.
 * Throws `subscriptions.quote_expired` when the quote is out of date, or price, period or seats are others by now, and
 * what `quoteSeats` throws.
 */
export async function requestSeats(
  ctx: Ctx<{ secretBox: SecretBox }>,
  request: {
    readonly id: string;
    readonly quote: string;
    readonly formKey: string;
    /** Why staff do it. */
    readonly reason?: string | undefined;
  },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, formKey, reason } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const quote = openSeatQuote(ctx.providers.secretBox, request.quote, id, ctx.now());
    if (!quote) throw subscriptionErrors.quoteExpired();
    const { quantity, extraSeats, timing, amount, currency, interval, intervalCount, leavers } = quote;
    const wish = {
      ...{ subscriptionId: id, kind: "seats" as const, timing, quantity, extraSeats, leavers },
      ...{ amount, currency, interval, intervalCount, quote: quote.preview, comment: reason ?? null },
      prorationAt: quote.prorationAt === null ? null : new Date(quote.prorationAt),
      idempotencyKey: `${id}:seats:${formKey}`,
    };
    const changeId = await addChange(tx, wish, async ({ organizationId }) => {
      if (organizationId !== null) await holdSeats(tx, organizationId);
      const { membership, terms } = await seatTerms(tx, { id, seats: quantity, leavers }, reach);
      const sameEnd = (membership.currentPeriodEndAt?.toISOString() ?? null) === quote.nextPaymentAt;
      const same =
        terms.amount === amount &&
        terms.extraSeats === extraSeats &&
        terms.seatAmount === quote.seatAmount &&
        terms.timing === timing &&
        membership.extraSeats === quote.extraBefore;
      if (!sameEnd || !same) throw subscriptionErrors.quoteExpired();
      return {};
    });
    return { changeId };
  });
}
