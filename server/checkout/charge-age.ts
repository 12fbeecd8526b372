const SEND_MS = 3_600_000;
/** Longer than a call that was sent at the last moment can be under way. */
const ARRIVED_MS = 600_000;

/**
 * What is done with a charge that the provider has no payment of: `fresh`, it is sent; `late`, it is only looked for, since
 * the last call may still arrive; `outdated`, it never will, and is given up. Business time. Pure.
 */
export function chargeAge(createdAt: Date, now: Date): "fresh" | "late" | "outdated" {
  const age = now.getTime() - createdAt.getTime();
  if (age < SEND_MS) return "fresh";
  return age < SEND_MS + ARRIVED_MS ? "late" : "outdated";
}
