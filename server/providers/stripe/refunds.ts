import type Stripe from "stripe";
import type { RefundFacts, RefundGateway } from "../../payments/refund-gateway.ts";
import { callStripe } from "./client.ts";
import { instant, upper } from "./mapping.ts";

const STATUS = new Map<string | null, RefundFacts["status"]>([
  ["succeeded", "succeeded"],
  ["failed", "failed"],
  ["canceled", "failed"],
]);

export function refundFacts(refund: Stripe.Refund): RefundFacts {
  return {
    externalId: refund.id,
    refundId: refund.metadata?.refund_id ?? null,
    status: STATUS.get(refund.status) ?? "processing",
    amount: refund.amount,
    currency: upper(refund.currency),
    failureCode: refund.failure_reason ?? null,
    reason: refund.reason,
    createdAt: instant(refund.created),
  };
}

export function stripeRefunds(stripe: Stripe): RefundGateway {
  return {
    async createRefund({ refundId, paymentExternalId, amount }) {
      await callStripe("write", () =>
        stripe.refunds.create(
          {
            payment_intent: paymentExternalId,
            amount,
            reason: "requested_by_customer",
            metadata: { refund_id: refundId },
          },
          { idempotencyKey: refundId },
        ),
      );
    },
    async listRefunds(paymentExternalId) {
      const found: RefundFacts[] = [];
      await callStripe("read", async () => {
        for await (const refund of stripe.refunds.list({ payment_intent: paymentExternalId, limit: 100 }))
          found.push(refundFacts(refund));
      });
      return found.toReversed();
    },
  };
}
