import {
  cardLinks,
  carts,
  checkouts,
  emails,
  fulfilments,
  invoices,
  orders,
  payments,
  priceReceipts,
  products,
  providerCustomers,
  subscriptions,
  variants,
} from "../../drizzle/schema/index.ts";
import { retentionOffers, retentionShowings } from "../../drizzle/schema/retention-offers.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { withdrawalStatements, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { checkoutMachine } from "../../server/checkout/checkout-status.ts";
import { fulfilmentMachine } from "../../server/fulfilment/fulfilment-status.ts";
import type { Tx } from "../../server/kernel/db.ts";
import { emailMachine } from "../../server/messaging/email-status.ts";
import { orderMachine } from "../../server/orders/order-status.ts";
import { paymentMachine } from "../../server/payments/payment-status.ts";
import { changeMachine } from "../../server/subscriptions/change-status.ts";
import { invoiceMachine } from "../../server/subscriptions/invoice-status.ts";
import { subscriptionMachine } from "../../server/subscriptions/subscription-status.ts";
import { withdrawalMachine } from "../../server/withdrawals/withdrawal-status.ts";

const texts = { sv: "Sak", en: "Thing" };

/** A product to buy. Once per database. */
export async function insertProduct(tx: Tx): Promise<void> {
  const createdAt = tx.scope.now;
  await tx.insert(products).values({
    id: "thing",
    kind: "merchandise",
    name: texts,
    summary: texts,
    description: texts,
    includes: [],
    art: "bottle",
    category: "test",
    taxRateBps: 2500,
    createdAt,
  });
  await tx.insert(variants).values({ id: "thing-1", productId: "thing", sku: "THING", options: {} });
}

/**
 * One row of everything that can belong to a customer, named after `tag`: what a purchase leaves behind, without the
 * purchase. For tests of who owns and sees what; service role.
 */
export async function insertPurchase(tx: Tx, of: { customerId: string; tag: string; email: string }): Promise<void> {
  const { customerId, tag, email } = of;
  const createdAt = tx.scope.now;
  const currency = "SEK";
  const accessTokenHash = `token-${tag}`;
  const locale = "sv";
  await tx.insert(carts).values({
    id: `crt_${tag}`,
    accessTokenHash: `cart-${tag}`,
    customerId,
    currency,
    status: "ordered",
    createdAt,
    updatedAt: createdAt,
  });
  await tx.insert(checkouts).values({
    id: `chk_${tag}`,
    accessTokenHash,
    cartId: `crt_${tag}`,
    cartVersion: 1,
    attempt: 1,
    customerId,
    cancelPath: "/cart",
    mode: "payment",
    status: checkoutMachine.initial,
    currency,
    totalAmount: 100,
    lines: [],
    locale,
    requiresShipping: true,
    idempotencyKey: `key-${tag}`,
    expiresAt: createdAt,
    createdAt,
  });
  await tx.insert(priceReceipts).values({
    id: `rcp_${tag}`,
    productId: "thing",
    customerId,
    currency,
    amount: 100,
    stripePriceId: "price_thing",
    rule: "test",
    inputs: {},
    alternatives: [],
    createdAt,
  });
  await tx.insert(orders).values({
    id: `ord_${tag}`,
    checkoutId: `chk_${tag}`,
    customerId,
    accessTokenHash,
    email,
    locale,
    status: orderMachine.initial,
    currency,
    totalAmount: 100,
    taxAmount: 20,
    placedAt: createdAt,
  });
  await tx.insert(payments).values({
    id: `pay_${tag}`,
    customerId,
    orderId: `ord_${tag}`,
    provider: "stripe",
    externalId: `pi_${tag}`,
    status: paymentMachine.initial,
    currency,
    amount: 100,
    createdAt,
  });
  await tx.insert(subscriptions).values({
    id: `sub_${tag}`,
    customerId,
    orderId: `ord_${tag}`,
    productId: "thing",
    stripeSubscriptionId: `sub_stripe_${tag}`,
    status: subscriptionMachine.initial,
    priceReceiptId: `rcp_${tag}`,
    currency,
    amount: 100,
    interval: "month",
    intervalCount: 1,
    createdAt,
  });
  await tx.insert(subscriptionChanges).values({
    id: `chg_${tag}`,
    subscriptionId: `sub_${tag}`,
    customerId,
    kind: "cancel",
    timing: "period_end",
    status: changeMachine.initial,
    requestedBy: `customer:${customerId}`,
    idempotencyKey: `sub_${tag}:cancel:${tag}`,
    createdAt,
  });
  const offerId = `off_${tag}`;
  const offer = { name: tag, kind: "pause", on: false, createdBy: "test", createdAt } as const;
  await tx.insert(retentionOffers).values({ id: offerId, ...offer });
  await tx.insert(retentionShowings).values({
    id: `shw_${tag}`,
    offerId,
    subscriptionId: `sub_${tag}`,
    customerId,
    kind: "pause",
    idempotencyKey: `sub_${tag}:offer:${tag}`,
    shownAt: createdAt,
  });
  await tx.insert(cardLinks).values({
    tokenHash: `card-${tag}`,
    subscriptionId: `sub_${tag}`,
    customerId,
    expiresAt: createdAt,
    createdAt,
  });
  await tx.insert(invoices).values({
    id: `inv_${tag}`,
    customerId,
    subscriptionId: `sub_${tag}`,
    stripeInvoiceId: `in_${tag}`,
    status: invoiceMachine.initial,
    reason: "subscription_create",
    currency,
    totalAmount: 100,
    amountPaid: 0,
    taxAmount: 20,
    createdAt,
  });
  await tx
    .insert(fulfilments)
    .values({ id: `ful_${tag}`, orderId: `ord_${tag}`, customerId, status: fulfilmentMachine.initial, createdAt });
  await tx.insert(withdrawals).values({
    id: `wdr_${tag}`,
    orderId: `ord_${tag}`,
    customerId,
    status: withdrawalMachine.initial,
    receivedAt: createdAt,
    refundDueAt: createdAt,
    currency,
    idempotencyKey: `withdrawal ${tag}`,
  });
  await tx.insert(withdrawalStatements).values({
    id: `wst_${tag}`,
    status: "unconfirmed",
    orderNumber: `KV-${tag}`,
    name: "Test",
    email,
    emailNormalized: email,
    locale,
    receivedAt: createdAt,
    mayMail: true,
    accessTokenHash: `statement-${tag}`,
    orderId: `ord_${tag}`,
  });
  await tx.insert(emails).values({
    id: `eml_${tag}`,
    dedupeKey: `order-confirmation:ord_${tag}`,
    template: "order-confirmation",
    locale,
    toAddress: email,
    customerId,
    subject: "Kvitto",
    html: "<p>Kvitto</p>",
    text: "Kvitto",
    status: emailMachine.initial,
    messageId: `<eml_${tag}@test>`,
    cause: "test",
    createdAt,
  });
  await tx.insert(providerCustomers).values({
    id: `pcu_${tag}`,
    provider: "stripe",
    externalId: `cus_stripe_${tag}`,
    customerId,
    reusable: true,
    createdAt,
  });
}
