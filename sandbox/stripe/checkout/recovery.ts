import { newId } from "../../ids.ts";
import { flag, hash, required } from "../api/params.ts";
import type { Unit } from "../unit.ts";
import type { CheckoutSession } from "../wire.ts";

const day = 86_400;
/** How long an expired checkout can be taken up again. */
const recoverableSeconds = 30 * day;

export const afterExpirationParams = hash({
  recovery: hash({ allow_promotion_codes: flag(), enabled: required(flag()) }),
});

/** What is asked for when a checkout expires; its address comes when it has. */
export function readAfterExpiration(
  sent: ReturnType<typeof afterExpirationParams.read>,
): CheckoutSession["after_expiration"] {
  if (!sent) return null;
  const { recovery } = sent;
  return {
    recovery: recovery
      ? {
          allow_promotion_codes: recovery.allow_promotion_codes ?? false,
          enabled: recovery.enabled,
          expires_at: null,
          url: null,
        }
      : null,
  };
}

/** The way back that an expired checkout carries from then on, when one was asked for. */
export function wayBack(unit: Unit, session: CheckoutSession): Partial<CheckoutSession> {
  const recovery = session.after_expiration?.recovery;
  if (!recovery?.enabled) return {};
  const url = `${unit.world.publicUrl}/c/recover/${session.id}`;
  return { after_expiration: { recovery: { ...recovery, expires_at: unit.now + recoverableSeconds, url } } };
}

/**
 * Somebody comes back to an expired checkout: a further one like it, which says where it comes from. Coming back twice leads to the
 * same one while that is open; undefined when there is no way back, or not any more.
 */
export function recover(unit: Unit, expired: CheckoutSession): CheckoutSession | undefined {
  const { world } = unit;
  const recovery = expired.after_expiration?.recovery;
  if (expired.status !== "expired" || !recovery?.url || (recovery.expires_at ?? 0) <= unit.now) return undefined;
  const known = world.sessions.by("recovered_from", expired.id).find((one) => one.status === "open");
  const details = world.checkoutDetails.get(expired.id);
  if (known || !details) return known;
  const id = newId("cs_test");
  const again: CheckoutSession = {
    ...expired,
    id,
    after_expiration: { recovery: { ...recovery, expires_at: null, url: null } },
    allow_promotion_codes: recovery.allow_promotion_codes || expired.allow_promotion_codes,
    created: unit.now,
    expires_at: unit.now + day,
    payment_intent: null,
    recovered_from: expired.id,
    status: "open",
    url: `${world.publicUrl}/c/pay/${id}`,
  };
  world.sessions.insert(again);
  world.checkoutDetails.insert({ ...details, id, created: unit.now, intentId: null, pending: null });
  world.due.put({ kind: "checkout.expire", id, at: again.expires_at });
  return again;
}
