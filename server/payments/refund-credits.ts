/** How many credits a line bought, and for how much. Amounts in minor units. */
type CreditLine = { readonly credits: number; readonly totalAmount: number };

/** What became of them: left, held by reservations, used, and how many used ones were asked back already. */
type State = { readonly left: number; readonly held: number; readonly used: number; readonly askedBefore: number };

/**
 * What a refund of a line would take of the credits it bought, and how many of those are used already, which staff decide
 * about afterwards: the share of what is paid back with it less the share of what was before, as
 * `checkout/refunded-credits.ts` reckons once it is made.
 */
export function creditsToTake(
  { credits, totalAmount }: CreditLine,
  paidBack: { readonly before: number; readonly now: number },
  { left, held, used, askedBefore }: State,
): { readonly taken: number; readonly used: number } {
  if (totalAmount === 0) return { taken: 0, used: 0 };
  const share = (amount: number) => Math.floor((credits * Math.min(amount, totalAmount)) / totalAmount);
  const asked = share(paidBack.before + paidBack.now) - share(paidBack.before);
  const taken = Math.min(asked, left + held);
  return { taken, used: Math.min(asked - taken, Math.max(0, used - askedBefore)) };
}
