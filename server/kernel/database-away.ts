import { DomainError, ProviderError } from "./errors.ts";

/** What the driver calls a connection that is gone or cannot be made, and the machine one that leads nowhere. */
const LOST = new Set([
  ...["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "CONNECT_TIMEOUT"],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
]);
/** What PostgreSQL says itself: the connection failed, it stops or starts, or has no room for another connection. */
const SHUT = /^(08...|57P0[123]|53300)$/;

/** In how many seconds to come again: it takes PostgreSQL about as long to start. */
export const AWAY_SECONDS = 5;

/**
 * Whether something went wrong because the database cannot be reached, through whatever wraps it; nothing is wrong then with
 * what was asked. Whatever was being changed may have been: nobody knows. A provider that is away is not the database.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof DomainError) return at.code === AWAY;
    if (at instanceof ProviderError) return false;
    if (!("code" in at) || typeof at.code !== "string") continue;
    // A file that is not there is called the same as a socket that is not; a caller who hangs up as a connection that is cut.
    if (at.code === "ENOENT" && !("syscall" in at && at.syscall === "connect")) continue;
    if (at.code === "ECONNRESET" && !("syscall" in at)) continue;
    if (at.code === "ENOENT" || LOST.has(at.code) || SHUT.test(at.code)) return true;
  }
  return false;
}

const AWAY = "database.away";

/** Whether somebody took note of it already, and made the words of it that callers are told. */
export function isToldAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (at instanceof DomainError) return at.code === AWAY;
  return false;
}

/** What callers are told meanwhile. */
export function databaseAway(): DomainError {
  return new DomainError(
    AWAY,
    "unavailable",
    "The shop cannot reach its database right now. Ask again in a moment; what was to be changed may have been: with the same idempotency key nothing happens twice.",
    { retryAfterSeconds: AWAY_SECONDS },
  );
}
