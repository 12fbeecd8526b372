/** What stands between a payment and another refund of it. Amounts in minor units. */
export type RefundRoomFacts = {
  readonly paid: number;
  /** What the provider last said was paid back, by whoever. */
  readonly refundedAtProvider: number;
  /** Our own refunds of it that may have happened or will: everything but requested and failed. */
  readonly committed: number;
};

/**
 * How much of a payment may still be paid back. Ours are counted from the moment they are sent, what was done at the
 * provider itself from the moment it is seen; the larger of the two is gone. The provider refuses what slips between.
 */
export function refundRoom({ paid, refundedAtProvider, committed }: RefundRoomFacts): number {
  return Math.max(0, paid - Math.max(refundedAtProvider, committed));
}
