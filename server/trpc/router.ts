import { announcementsRouter } from "../announcements/router.ts";
import { apiKeysRouter } from "../api-keys/router.ts";
import { auditRouter } from "../audit/router.ts";
import { billingRouter } from "../billing/router.ts";
import { checkoutRouter } from "../checkout/router.ts";
import { companyRouter } from "../company/router.ts";
import { creditsRouter } from "../credits/router.ts";
import { entitlementsRouter } from "../entitlements/router.ts";
import { fulfilmentRouter } from "../fulfilment/router.ts";
import { identityRouter } from "../identity/router.ts";
import { inventoryRouter } from "../inventory/router.ts";
import { ledgerRouter } from "../ledger/router.ts";
import { messagingRouter } from "../messaging/router.ts";
import { offersRouter } from "../offers/router.ts";
import { ordersRouter } from "../orders/router.ts";
import { organizationsRouter } from "../organizations/router.ts";
import { paymentsRouter } from "../payments/router.ts";
import { plansRouter } from "../plans/router.ts";
import { productsRouter } from "../pricing/products-router.ts";
import { pricingRouter } from "../pricing/router.ts";
import { shopRouter } from "../pricing/shop-router.ts";
import { queueRouter } from "../queue/router.ts";
import { reconciliationRouter } from "../reconciliation/router.ts";
import { customersRouter } from "../reporting/customers-router.ts";
import { overviewRouter, reportingRouter } from "../reporting/router.ts";
import { subscriptionsRouter } from "../subscriptions/router.ts";
import { webhooksRouter } from "../webhooks/router.ts";
import { withdrawalsRouter } from "../withdrawals/router.ts";
import { createCallerFactory, router } from "./init.ts";

/** Merging only: every procedure lives in its domain's router. */
export const appRouter = router({
  announcements: announcementsRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter,
  subscriptions: subscriptionsRouter,
  orders: ordersRouter,
  fulfilment: fulfilmentRouter,
  checkout: checkoutRouter,
  billing: billingRouter,
  catalog: shopRouter,
  company: companyRouter,
  credits: creditsRouter,
  customers: customersRouter,
  entitlements: entitlementsRouter,
  identity: identityRouter,
  ledger: ledgerRouter,
  inventory: inventoryRouter,
  messaging: messagingRouter,
  offers: offersRouter,
  organizations: organizationsRouter,
  overview: overviewRouter,
  payments: paymentsRouter,
  plans: plansRouter,
  pricing: pricingRouter,
  products: productsRouter,
  reporting: reportingRouter,
  queue: queueRouter,
  reconciliation: reconciliationRouter,
  webhooks: webhooksRouter,
  withdrawals: withdrawalsRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;
