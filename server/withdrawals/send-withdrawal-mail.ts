import { eq } from "drizzle-orm";
import { orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { Links } from "../kernel/links.ts";
import {
  type MailTemplates,
  queueEmail,
  type RenderedEmail,
  SECRET_LINK,
  type Way,
  wayOf,
} from "../messaging/index.ts";
import { withdrawalErrors } from "./errors.ts";
import { withdrawalFacts } from "./withdrawal-facts.ts";

export type MailCtx = Ctx<{ templates: MailTemplates; links: Links }>;
type Facts = Awaited<ReturnType<typeof withdrawalFacts>>;

/**
 * Queues the acknowledgement of a withdrawal on a durable medium: content, day and time, what is paid back and by when.
 * Once per withdrawal, to the address of the order. Idempotent. Throws `withdrawals.not_found`.
 */
export async function sendWithdrawalReceived(ctx: MailCtx, { withdrawalId }: { withdrawalId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => withdrawalFacts(tx, withdrawalId), { readOnly: true });
  const { withdrawal, order, decision } = facts;
  const tooLate = decision.outcome === "refused";
  const follows = tooLate
    ? ("too_late" as const)
    : decision.reviewReason === "goods_to_return"
      ? ("return_goods" as const)
      : decision.reviewReason
        ? ("review" as const)
        : decision.refundAmount > 0
          ? ("refund" as const)
          : ("nothing_owed" as const);
  const mail = await ctx.providers.templates.render("withdrawal-received", order.locale, {
    number: order.number,
    receivedAt: withdrawal.receivedAt,
    lines: facts.lines,
    // Once decided the sum is what was decided; the facts have moved on since.
    refund: tooLate
      ? null
      : { amount: withdrawal.refundAmount ?? decision.refundAmount, currency: withdrawal.currency },
    refundDueAt: withdrawal.refundDueAt,
    card: facts.card,
    used: decision.lines.find((line) => line.used)?.used ?? null,
    follows,
    endsMembership: facts.endsMembership && !tooLate,
    orderUrl: orderWay(ctx, facts).url,
  });
  await queueToBuyer(ctx, facts, mail, `withdrawal-received:${withdrawalId}`, "a withdrawal was received");
}

/**
 * Queues the mail with the link by which an order is taken back, to the address it was bought with. At most one per order
 * and hour of business time. Idempotent. Throws `withdrawals.no_order`.
 */
export async function sendWithdrawalLink(ctx: MailCtx, { orderId }: { orderId: string }): Promise<void> {
  const order = await ctx.db.transaction((tx) => findOrder(tx, orderId), { readOnly: true });
  const mail = await ctx.providers.templates.render("withdrawal-link", order.locale, {
    number: order.number,
    withdrawUrl: SECRET_LINK,
  });
  const hour = ctx.now().toISOString().slice(0, 13);
  await ctx.db.transaction((tx) =>
    queueEmail(tx, {
      mail,
      dedupeKey: `withdrawal-link:${orderId}:${hour}`,
      to: order.email,
      customerId: order.customerId,
      userId: null,
      link: { purpose: "withdraw", checkoutId: order.checkoutId },
      cause: "the link to withdraw was asked for",
    }),
  );
}

async function findOrder(tx: Tx, orderId: string) {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId));
  if (!order) throw withdrawalErrors.noOrder();
  return order;
}

/** Where a buyer sees the order: their account, or by the secret link of a guest. */
export const orderWay = (ctx: MailCtx, { userId, order }: Facts): Way =>
  wayOf(ctx.providers.links, { userId, checkoutId: order.checkoutId }, `/account/orders/${order.id}`);

/** Queues a mail about a withdrawal to the address of its order, once for a key. */
export async function queueToBuyer(
  ctx: MailCtx,
  facts: Facts,
  mail: RenderedEmail,
  dedupeKey: string,
  cause: string,
): Promise<void> {
  const { order, userId, withdrawal } = facts;
  await ctx.db.transaction((tx) =>
    queueEmail(tx, {
      mail,
      dedupeKey,
      to: order.email,
      customerId: withdrawal.customerId,
      userId,
      link: orderWay(ctx, facts).link,
      cause,
    }),
  );
}
