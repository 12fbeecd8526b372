const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A session ends after this long without a request, and in any case this long after the sign-in. Technical time. */
export const IDLE_DAYS = 14;
export const ABSOLUTE_DAYS = 90;
/** The least time between two writes of "last seen": a look-up per request, a write per five minutes. */
export const TOUCH_MINUTES = 5;

export function absoluteEnd(createdAt: Date): Date {
  return new Date(createdAt.getTime() + ABSOLUTE_DAYS * DAY);
}

/** When a session that was opened at `createdAt` and is used at `seenAt` ends if it is not used again. */
export function sessionEnd(createdAt: Date, seenAt: Date): Date {
  return new Date(Math.min(seenAt.getTime() + IDLE_DAYS * DAY, absoluteEnd(createdAt).getTime()));
}

export function isTouchDue(lastSeenAt: Date, at: Date): boolean {
  return at.getTime() - lastSeenAt.getTime() >= TOUCH_MINUTES * MINUTE;
}
