import type { Ctx } from "../kernel/ctx.ts";
import { type MailPorts, mailAtOnce, wayOf } from "../messaging/index.ts";
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
  const of = { userId, checkoutId: order.checkoutId };
  const way = wayOf(ctx.providers.links, of, `/account/orders/${orderId}`);
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
    orderUrl: way.url,
  });
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `order-confirmation:${orderId}`,
    to: order.email,
    customerId: order.customerId,
    userId,
    link: way.link,
    cause: "an order was paid",
  });
}
