import { type TaxAtRate, taxPerRate } from "./order-amounts.ts";
import type { OrderParts } from "./order-rows.ts";
import type { OrderTrial } from "./order-trial.ts";

/** An order as its buyer sees it. Amounts in minor units, tax included. No provider's words, no token. */
export type BuyerOrder = {
  readonly id: string;
  readonly number: string;
  readonly placedAt: Date;
  readonly paidAt: Date | null;
  readonly status: OrderParts["order"]["status"];
  readonly paymentStatus: OrderParts["payments"][number]["status"] | null;
  readonly fulfilmentStatus: NonNullable<OrderParts["fulfilment"]>["status"] | null;
  /** Of goods that have left: who carries them, and how to follow them. */
  readonly parcel: {
    readonly carrier: string | null;
    readonly trackingNumber: string | null;
    readonly trackingUrl: string | null;
  } | null;
  readonly currency: string;
  readonly totalAmount: number;
  readonly taxAmount: number;
  readonly taxes: readonly TaxAtRate[];
  readonly refundedAmount: number;
  /** What is charged later, where a trial runs; lists of orders leave it out. */
  readonly trial: OrderTrial | null;
  readonly email: string;
  readonly shippingAddress: OrderParts["order"]["shippingAddress"];
  readonly card: { readonly brand: string; readonly last4: string } | null;
  readonly lines: readonly {
    readonly productId: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitAmount: number;
    readonly totalAmount: number;
    readonly taxRateBps: number;
    /** Why it cost that: the receipt of the price. */
    readonly priceReceiptId: string;
  }[];
};

export function buyerOrder(
  { order, lines, payments, fulfilment }: OrderParts,
  trial: OrderTrial | null = null,
): BuyerOrder {
  const payment = payments.at(-1);
  return {
    id: order.id,
    number: order.number,
    placedAt: order.placedAt,
    paidAt: order.paidAt,
    status: order.status,
    paymentStatus: payment?.status ?? null,
    fulfilmentStatus: fulfilment?.status ?? null,
    parcel: fulfilment?.status === "shipped" ? parcelOf(fulfilment) : null,
    currency: order.currency,
    totalAmount: order.totalAmount,
    taxAmount: order.taxAmount,
    taxes: taxPerRate(lines),
    refundedAmount: payment?.refundedAmount ?? 0,
    trial,
    email: order.email,
    shippingAddress: order.shippingAddress,
    card: payment?.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
    lines: lines.map(({ productId, name, quantity, unitAmount, totalAmount, taxRateBps, priceReceiptId }) => ({
      productId,
      name,
      quantity,
      unitAmount,
      totalAmount,
      taxRateBps,
      priceReceiptId,
    })),
  };
}

function parcelOf({ carrier, trackingNumber, trackingUrl }: NonNullable<OrderParts["fulfilment"]>) {
  return { carrier, trackingNumber, trackingUrl };
}
