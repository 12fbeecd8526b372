import { type SpendCtx, type Spending, settled, spendItem } from "./consume-credits.ts";
import type { Taken } from "./credit-desk.ts";

const DAY_MS = 24 * 3_600_000;

export type Reserved = {
  readonly reservationId: string;
  readonly credits: number;
  readonly newTotal: number;
  /** Which grants it is held of: they get back what is not used. */
  readonly taken: readonly Taken[];
  readonly replayed: boolean;
};

/**
 * Sets credits aside for something whose price is known later; nobody else can spend them. Ends by `confirmReservation`,
 * `releaseReservation`, or by itself after `seconds` (a day at most and by itself). Business time. Idempotent, and refused,
 * like `consumeCredits`.
 */
export async function reserveCredits(
  ctx: SpendCtx,
  { seconds, ...spending }: Spending & { readonly seconds?: number | undefined },
): Promise<Reserved> {
  const until = new Date(ctx.now().getTime() + Math.min(DAY_MS, (seconds ?? 86_400) * 1000));
  const answer = await settled(
    ctx,
    spending,
    await ctx.providers.creditDesk.spend(spendItem(ctx, "reserve", spending, until)),
  );
  return {
    reservationId: answer.reservation ?? "",
    credits: spending.credits,
    newTotal: answer.after,
    taken: answer.taken ?? [],
    replayed: answer.outcome === "replayed",
  };
}
