import type { Published } from "../../shapes/published.ts";
import { chargeOperations } from "../charges/operations.ts";
import { checkoutOperations } from "../checkout/operations.ts";
import { couponOperations } from "../coupons/operations.ts";
import { creditGrantOperations } from "../credit-grants/operations.ts";
import { creditNoteOperations } from "../credit-notes/operations.ts";
import { balanceOperations } from "../customers/balance-operations.ts";
import { customerOperations } from "../customers/operations.ts";
import { sourceOperations } from "../customers/sources.ts";
import { taxIdOperations } from "../customers/tax-ids.ts";
import { disputeOperations } from "../disputes/operations.ts";
import { entitlementOperations } from "../entitlements/operations.ts";
import { eventOperations } from "../events/operations.ts";
import { invoiceItemOperations } from "../invoice-items/operations.ts";
import { invoicePaymentOperations } from "../invoice-payments/operations.ts";
import { invoiceOperations } from "../invoices/operations.ts";
import { meterOperations } from "../meters/operations.ts";
import { paymentIntentOperations } from "../payment-intents/operations.ts";
import { paymentMethodOperations } from "../payment-methods/operations.ts";
import { payoutOperations } from "../payouts/operations.ts";
import { portalOperations } from "../portal/operations.ts";
import { priceOperations } from "../prices/operations.ts";
import { productOperations } from "../products/operations.ts";
import { promotionCodeOperations } from "../promotion-codes/operations.ts";
import { refundOperations } from "../refunds/operations.ts";
import { scheduleOperations } from "../schedules/operations.ts";
import { searchOperations } from "../search/operations.ts";
import { setupIntentOperations } from "../setup-intents/operations.ts";
import { shippingRateOperations } from "../shipping-rates/operations.ts";
import { subscriptionItemOperations } from "../subscriptions/item-operations.ts";
import { subscriptionOperations } from "../subscriptions/operations.ts";
import { taxRateOperations } from "../taxes/operations.ts";
import { testClockOperations } from "../test-clocks/operations.ts";
import { webhookEndpointOperations } from "../webhook-endpoints/operations.ts";
import { notSimulated, StripeFault } from "./errors.ts";
import type { Operation } from "./operation.ts";

/** Every operation that is simulated. */
export const operations: readonly Operation[] = [
  ...customerOperations,
  ...balanceOperations,
  ...sourceOperations,
  ...taxIdOperations,
  ...taxRateOperations,
  ...shippingRateOperations,
  ...couponOperations,
  ...promotionCodeOperations,
  ...productOperations,
  ...priceOperations,
  ...paymentMethodOperations,
  ...checkoutOperations,
  ...paymentIntentOperations,
  ...chargeOperations,
  ...setupIntentOperations,
  ...refundOperations,
  ...disputeOperations,
  ...payoutOperations,
  ...subscriptionOperations,
  ...subscriptionItemOperations,
  ...invoiceOperations,
  ...invoiceItemOperations,
  ...invoicePaymentOperations,
  ...creditNoteOperations,
  ...meterOperations,
  ...creditGrantOperations,
  ...entitlementOperations,
  ...searchOperations,
  ...portalOperations,
  ...eventOperations,
  ...scheduleOperations,
  ...testClockOperations,
  ...webhookEndpointOperations,
];

interface Route {
  operation: Operation;
  segments: string[];
}

const routes = new Map<string, Route[]>();
for (const operation of operations) {
  const segments = operation.path.split("/");
  const key = `${operation.method} ${segments.length}`;
  // Fixed words win over ids: `/v1/customers/search` is not the customer "search".
  const known = [...(routes.get(key) ?? []), { operation, segments }];
  known.sort(
    (a, b) =>
      a.segments.filter((word) => word.startsWith(":")).length -
      b.segments.filter((word) => word.startsWith(":")).length,
  );
  routes.set(key, known);
}

const words = new Set(
  operations.flatMap((operation) => operation.path.split("/")).filter((word) => !word.startsWith(":")),
);
/** Words of addresses that look like ids and are not: calling these must not read as "no such object". */
const verbs = new Set(["search", "create_preview", "upcoming", ...words]);

export interface Match {
  operation: Operation;
  ids: string[];
}

/** The operation for an address; throws what the provider says to an unknown one, or 501 for what is not simulated. */
export function route(published: Published, method: string, path: string): Match {
  const segments = path.replace(/\/$/, "").split("/");
  for (const { operation, segments: pattern } of routes.get(`${method} ${segments.length}`) ?? []) {
    const fits = pattern.every((word, at) =>
      word.startsWith(":") ? !verbs.has(segments[at] ?? "") : word === segments[at],
    );
    if (fits)
      return { operation, ids: segments.filter((_, at) => pattern[at]?.startsWith(":")).map(decodeURIComponent) };
  }
  if (published.has(method, segments.join("/"))) throw notSimulated(`${method} ${path}`);
  throw new StripeFault(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}
