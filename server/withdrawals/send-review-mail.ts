import { type MailCtx, orderWay, queueToBuyer } from "./send-withdrawal-mail.ts";
import { withdrawalFacts } from "./withdrawal-facts.ts";

/**
 * Queues the mail that says why staff pay nothing back. One that came too late was told so in its acknowledgement. Once per
 * withdrawal. Idempotent. Throws `withdrawals.not_found`.
 */
export async function sendWithdrawalRefused(ctx: MailCtx, { withdrawalId }: { withdrawalId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => withdrawalFacts(tx, withdrawalId), { readOnly: true });
  const { withdrawal, order } = facts;
  if (withdrawal.status !== "refused" || !withdrawal.refusal || withdrawal.refusal === "too_late") return;
  const mail = await ctx.providers.templates.render("withdrawal-refused", order.locale, {
    number: order.number,
    reason: withdrawal.refusal,
    orderUrl: orderWay(ctx, facts).url,
  });
  await queueToBuyer(ctx, facts, mail, `withdrawal-refused:${withdrawalId}`, "a withdrawal was refused");
}

/**
 * Queues the mail that says that staff pay back less than the rules gave, how much less, and why. Once for each sum that was decided.
 * Idempotent. Throws `withdrawals.not_found`.
 */
export async function sendWithdrawalLowered(ctx: MailCtx, { withdrawalId }: { withdrawalId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => withdrawalFacts(tx, withdrawalId), { readOnly: true });
  const { withdrawal, order, wholeAmount } = facts;
  const { refundAmount, currency, refusal, status } = withdrawal;
  if (status === "refused" || refundAmount === null || refundAmount >= wholeAmount || refusal === null) return;
  const mail = await ctx.providers.templates.render("withdrawal-lowered", order.locale, {
    number: order.number,
    sum: { amount: refundAmount, currency },
    whole: { amount: wholeAmount, currency },
    reason: refusal,
    orderUrl: orderWay(ctx, facts).url,
  });
  const dedupeKey = `withdrawal-lowered:${withdrawalId}:${refundAmount}`;
  await queueToBuyer(ctx, facts, mail, dedupeKey, "less is paid back for a withdrawal than the rules gave");
}
