import { identityRouter } from "../identity/router.ts";
import { messagingRouter } from "../messaging/router.ts";
import { pricingRouter } from "../pricing/router.ts";
import { shopRouter } from "../pricing/shop-router.ts";
import { overviewRouter } from "../reporting/router.ts";
import { webhooksRouter } from "../webhooks/router.ts";
import { createCallerFactory, router } from "./init.ts";

/** Merging only: every procedure lives in its domain's router. */
export const appRouter = router({
  catalog: shopRouter,
  identity: identityRouter,
  messaging: messagingRouter,
  overview: overviewRouter,
  pricing: pricingRouter,
  webhooks: webhooksRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
