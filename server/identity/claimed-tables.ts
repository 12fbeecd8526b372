import { carts, checkouts } from "../../drizzle/schema/checkout.ts";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import { providerCustomers } from "../../drizzle/schema/identity.ts";
import { emails } from "../../drizzle/schema/messaging.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { cardLinks, invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";

/** Everything that belongs to a customer and follows when a guest is claimed. A test finds a table that is missing here. */
export const CLAIMED_TABLES = [
  carts,
  checkouts,
  priceReceipts,
  orders,
  payments,
  subscriptions,
  subscriptionChanges,
  retentionShowings,
  invoices,
  fulfilments,
  withdrawals,
  emails,
  providerCustomers,
  cardLinks,
] as const;
