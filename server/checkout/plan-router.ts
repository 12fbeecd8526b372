import { access, router } from "../trpc/init.ts";
import { answerOnce } from "./answer-once.ts";
import { buyPlan } from "./buy-plan.ts";
import { callerToken } from "./caller-token.ts";
import { buyPlanInput, openPortalInput } from "./input.ts";
import { openPortal } from "./open-portal.ts";

/** An organization's plan: bought, and looked after on the provider's own pages. */
export const planRouter = router({
  buy: access("customer", { scope: "plans.buy" })
    .input(buyPlanInput)
    .mutation(async ({ ctx, input }) => {
      const key = ctx.browser.idempotencyKey;
      const cartToken = await callerToken(ctx, { ...ctx.browser, key });
      const { locale } = ctx.browser;
      const buy = () => buyPlan(ctx, { ...input, cartToken, locale, email: ctx.session?.email ?? null });
      return key === null ? buy() : answerOnce(ctx, { key, cartToken, body: input }, buy);
    }),
  portal: access("customer", { scope: "plans.buy" })
    .input(openPortalInput)
    .mutation(({ ctx, input }) => openPortal(ctx, { ...input, locale: ctx.browser.locale })),
});
