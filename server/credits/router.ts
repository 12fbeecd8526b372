import { access, router } from "../trpc/init.ts";
import { consumeCredits } from "./consume-credits.ts";
import { confirmReservation, releaseReservation } from "./end-reservation.ts";
import { balanceInput, confirmInput, consumeInput, releaseInput, reserveInput } from "./input.ts";
import { readBalance } from "./queries.ts";
import { reserveCredits } from "./reserve-credits.ts";
import { spenderOf } from "./spender.ts";

export const creditsRouter = router({
  consume: access("customer")
    .input(consumeInput)
    .mutation(({ ctx, input }) => consumeCredits(ctx, { ...input, ...spenderOf(ctx.actor) })),
  reserve: access("customer")
    .input(reserveInput)
    .mutation(({ ctx, input }) => reserveCredits(ctx, { ...input, ...spenderOf(ctx.actor) })),
  confirm: access("customer")
    .input(confirmInput)
    .mutation(({ ctx, input }) => confirmReservation(ctx, { ...input, ...spenderOf(ctx.actor) })),
  release: access("customer")
    .input(releaseInput)
    .mutation(({ ctx, input }) => releaseReservation(ctx, { ...input, ...spenderOf(ctx.actor) })),
  balance: access("customer")
    .input(balanceInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => readBalance(tx, { ...input, ...spenderOf(ctx.actor) }))),
});
