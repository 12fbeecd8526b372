import { refuseApproval } from "../payment-intents/pay.ts";
import type { Unit } from "../unit.ts";
import type { CheckoutDetails } from "./details.ts";

/** No approval is waited for any more; what was filled in is kept for the next card. */
export function withoutApproval(details: CheckoutDetails): CheckoutDetails {
  return { ...details, pending: null, ...(details.pending && { typed: details.pending.buyer }) };
}

/** The customer said no at the bank. The session stays open for another card. */
export function refuse(unit: Unit, sessionId: string): void {
  const details = unit.world.checkoutDetails.get(sessionId);
  const intent = unit.world.paymentIntents.get(details?.intentId ?? "");
  const method = unit.world.paymentMethods.get(details?.pending?.methodId ?? "");
  if (details && method) {
    if (intent) refuseApproval(unit, intent, method);
    unit.world.checkoutDetails.replace(withoutApproval(details));
  }
}

/** The customer left the bank's page without an answer: the payment goes on waiting, and another card may be tried. */
export function leaveApproval(unit: Unit, sessionId: string): void {
  const details = unit.world.checkoutDetails.get(sessionId);
  if (details) unit.world.checkoutDetails.replace(withoutApproval(details));
}
