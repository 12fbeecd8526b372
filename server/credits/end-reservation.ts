import { actorName } from "../kernel/actor.ts";
import { newId } from "../kernel/id.ts";
import type { SpendCtx, Spent } from "./consume-credits.ts";
import type { EndItem } from "./credit-desk.ts";
import { creditErrors } from "./errors.ts";
import { overBudget } from "./over-budget.ts";

type Ending = { readonly customerId: string; readonly reservationId: string };

/**
 * Uses what was reserved, or fewer (the rest goes back to the grants it came from, the last ones first), or more (taken like
 * a new consumption, or refused with the reservation left as it is). Idempotent: the same again answers the first. Throws
 * `credits.reservation_not_found`, `credits.reservation_ended`, `credits.insufficient`, `credits.over_budget`.
 */
export async function confirmReservation(
  ctx: SpendCtx,
  { customerId, reservationId, credits }: Ending & { readonly credits: number },
): Promise<Spent> {
  return end(ctx, { customer: customerId, reservation: reservationId, ending: "confirm", actual: credits });
}

/**
 * Lets go of what was reserved: it goes back to the grants it came from, even to one that has run out meanwhile, where it
 * runs out at once. Idempotent. Throws `credits.reservation_not_found`, `credits.reservation_ended`.
 */
export async function releaseReservation(ctx: SpendCtx, { customerId, reservationId }: Ending): Promise<Spent> {
  return end(ctx, { customer: customerId, reservation: reservationId, ending: "release", actual: 0 });
}

/** The same for a reservation whose time is over; nothing when somebody ended it meanwhile. */
export async function lapseReservation(ctx: SpendCtx, { customerId, reservationId }: Ending): Promise<void> {
  await ctx.providers.creditDesk.end(
    itemOf(ctx, { customer: customerId, reservation: reservationId, ending: "lapse", actual: 0 }),
  );
}

type Wanted = Pick<EndItem, "customer" | "reservation" | "ending" | "actual">;

function itemOf(ctx: SpendCtx, wanted: Wanted): EndItem {
  const ids = { operation: newId("cro"), posting: newId("pst") };
  return { ...wanted, ...ids, at: ctx.now().toISOString(), actor: actorName(ctx.actor) };
}

async function end(ctx: SpendCtx, wanted: Wanted): Promise<Spent> {
  const answer = await ctx.providers.creditDesk.end(itemOf(ctx, wanted));
  switch (answer.outcome) {
    case "missing":
      throw creditErrors.noReservation();
    case "ended":
      throw creditErrors.ended({ ending: answer.ending });
    case "insufficient":
      throw creditErrors.insufficient({ available: answer.after });
    case "over_budget":
      throw await overBudget(ctx, { reservationId: wanted.reservation }, answer.after);
    default:
      return {
        operationId: answer.operation,
        credits: wanted.actual,
        newTotal: answer.after,
        taken: answer.taken ?? [],
        replayed: answer.outcome === "replayed",
      };
  }
}
