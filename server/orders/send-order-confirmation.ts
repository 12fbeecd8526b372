import type { Ctx } from "../kernel/ctx.ts";
import { type MailPorts, mailAtOnce, SECRET_LINK } from "../messaging/index.ts";
import { confirmationFacts } from "./confirmation-facts.ts";
import { taxPerRate } from "./order-amounts.ts";

/**
 * Sends the receipt of a paid order: what was bought, the tax per rate, where it goes, the right to withdraw, and a link
 * to the order (in the account, or by a secret link for a guest). Queued once per order. Idempotent. Throws
 * `orders.not_found`.
 */
export async function sendOrderConfirmation(ctx: Ctx<MailPorts>, { orderId }: { orderId: string }): Promise<void> {
  const { order, lines, payment, kinds, userId, startConsentAt, trial } = await ctx.db.transaction(
    (tx) => confirmationFacts(tx, orderId),
    { readOnly: true },
  );
  const service = startConsentAt === null ? "service" : "service_started";
  const mail = await ctx.providers.templates.render("order-confirmation", order.locale, {
    number: order.number,
    placedAt: order.placedAt,
    currency: order.currency,
    lines,
    totalAmount: order.totalAmount,
    trial,
    taxes: taxPerRate(lines).map(({ rateBps, taxAmount }) => ({ rateBps, amount: taxAmount })),
    card: payment?.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
    shippingAddress: order.shippingAddress,
    withdrawal: [
      ...(kinds.has("merchandise") ? ["goods" as const] : []),
      ...(kinds.has("membership") ? [service as "service" | "service_started"] : []),
    ],
    orderUrl: userId ? ctx.providers.links.absolute(`/account/orders/${orderId}`) : SECRET_LINK,
  });
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `order-confirmation:${orderId}`,
    to: order.email,
    customerId: order.customerId,
    userId,
    link: userId ? null : { purpose: "view_order", checkoutId: order.checkoutId },
    cause: "an order was paid",
  });
}
