import type { Ctx } from "../kernel/ctx.ts";
import type { Links } from "../kernel/links.ts";
import { type MailPorts, mailAtOnce, SECRET_LINK, type Way, wayOf } from "../messaging/index.ts";
import { readBrand } from "../organizations/index.ts";
import { declineClass } from "./decline-class.ts";
import { type FailedPayment, findFailedPayment } from "./failed-payment.ts";

/**
 * Sends the mail that tells why a payment did not go through and what to do: once per attempt that failed, and not at all
 * when the payment has gone through meanwhile; of a renewal also, once, that the bank wants it approved. A renewal's goes to
 * whoever pays now, with a link that changes the card without signing in. Idempotent. Throws `payments.not_found`.
 */
export async function sendPaymentFailed(ctx: Ctx<MailPorts>, { paymentId }: { paymentId: string }): Promise<void> {
  const failure = await ctx.db.transaction((tx) => findFailedPayment(tx, paymentId), { readOnly: true });
  const approval = failure.status === "requires_action" && failure.occasion === "renewal";
  if (failure.status !== "failed" && failure.status !== "cancelled" && !approval) return;
  const page = pageFor(ctx.providers.links, failure);
  const brand = await ctx.db.transaction((tx) => readBrand(tx, failure.organizationId), { readOnly: true });
  const mail = await ctx.providers.templates.render(
    "payment-failed",
    failure.locale,
    {
      occasion: failure.occasion,
      productName: failure.productName,
      sum: { amount: failure.amount, currency: failure.currency },
      declineClass: approval ? "approval" : declineClass(failure.attempt?.declineCode ?? null),
      nextAttemptAt: failure.nextAttemptAt,
      graceEndsAt: failure.graceEndsAt !== null && failure.graceEndsAt > ctx.now() ? failure.graceEndsAt : null,
      actionUrl: page.url,
    },
    brand,
  );
  await mailAtOnce(ctx, {
    mail,
    dedupeKey: `payment-failed:${paymentId}:${approval ? "approval" : (failure.attempt?.externalId ?? "none")}`,
    to: failure.to,
    customerId: failure.customerId,
    userId: failure.userId,
    link: page.link,
    cause: "a payment failed",
  });
}

/** Where the payer sees to it: of a renewal by the link for the card; else in the account, or, without one, at the order. */
function pageFor(links: Links, failure: FailedPayment): Way {
  const { checkoutId, userId, subscriptionId } = failure;
  if (subscriptionId !== null) return { url: SECRET_LINK, link: { purpose: "change_card", subscriptionId } };
  const page = "/account/membership";
  return checkoutId === null ? { url: links.absolute(page), link: null } : wayOf(links, { userId, checkoutId }, page);
}
