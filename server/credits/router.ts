import { readKeyBudget } from "../api-keys/index.ts";
import { own } from "../identity/index.ts";
import { access, router } from "../trpc/init.ts";
import { consumeCredits } from "./consume-credits.ts";
import { confirmReservation, releaseReservation } from "./end-reservation.ts";
import { balanceInput, confirmInput, consumeInput, historyInput, releaseInput, reserveInput } from "./input.ts";
import { creditsOfficeRouter } from "./office-router.ts";
import { readBalance } from "./queries.ts";
import { readMovements } from "./read-movements.ts";
import { reserveCredits } from "./reserve-credits.ts";
import { spenderOf } from "./spender.ts";

export const creditsRouter = router({
  office: creditsOfficeRouter,
  consume: access("customer", { scope: "credits.spend", limit: "spending" })
    .input(consumeInput)
    .mutation(({ ctx, input }) => consumeCredits(ctx, { ...input, ...spenderOf(ctx) })),
  reserve: access("customer", { scope: "credits.spend", limit: "spending" })
    .input(reserveInput)
    .mutation(({ ctx, input }) => reserveCredits(ctx, { ...input, ...spenderOf(ctx) })),
  confirm: access("customer", { scope: "credits.spend", limit: "spending" })
    .input(confirmInput)
    .mutation(({ ctx, input }) => confirmReservation(ctx, { ...input, ...spenderOf(ctx) })),
  release: access("customer", { scope: "credits.spend", limit: "spending" })
    .input(releaseInput)
    .mutation(({ ctx, input }) => releaseReservation(ctx, { ...input, ...spenderOf(ctx) })),
  /** Of a key's caller also what is left of the key's budget. */
  balance: access("customer", { scope: "credits.read" })
    .input(balanceInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(async (tx) => {
        const spender = spenderOf(ctx);
        const { apiKeyId } = spender;
        const budget = apiKeyId === null ? null : await readKeyBudget(tx, { apiKeyId });
        return { ...(await readBalance(tx, { ...input, ...spender })), budget };
      }),
    ),
  /** All of the customer's, whichever key or person it was: paged, the newest first. */
  history: access("customer", { scope: "credits.read" })
    .input(historyInput)
    .query(({ ctx, input }) => {
      const customerId = own(ctx.session).customerId ?? "";
      return ctx.db.transaction((tx) => readMovements(tx, { ...input, customerId }), { readOnly: true });
    }),
});
