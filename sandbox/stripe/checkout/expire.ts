import { change, type Unit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";
import { wayBack } from "./recovery.ts";

/** Closes an open session for good; a payment that was tried and not made is canceled with it. */
export function expireSession(unit: Unit, session: CheckoutSession): CheckoutSession {
  const { world } = unit;
  world.due.drop("checkout.expire", session.id);
  const details = world.checkoutDetails.get(session.id);
  const intent = details?.intentId ? world.paymentIntents.get(details.intentId) : undefined;
  if (details?.pending) world.checkoutDetails.replace({ ...details, pending: null });
  if (intent && intent.status !== "succeeded" && intent.status !== "canceled") {
    change(
      unit,
      world.paymentIntents,
      intent,
      {
        canceled_at: unit.now,
        cancellation_reason: "expired",
        next_action: null,
        status: "canceled",
      },
      "payment_intent.canceled",
    );
  }
  return change(
    unit,
    world.sessions,
    session,
    { ...wayBack(unit, session), status: "expired", url: null },
    "checkout.session.expired",
  );
}
