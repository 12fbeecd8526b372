import type { Sweep } from "../kernel/sweep.ts";
import { endImpersonationsJob } from "./jobs.ts";

export { type CallLimit, type CallLimits, createCallLimits } from "./call-limits.ts";
export { claimGuestPurchases } from "./claim-guest-purchases.ts";
export { endExpiredImpersonations } from "./end-impersonation.ts";
export { type Entry, enterByMailedLink } from "./enter-by-mailed-link.ts";
export { findOrCreateGuestCustomer, type Guest } from "./find-or-create-guest-customer.ts";
export type { OpenedSession } from "./open-session.ts";
export { hashPassword } from "./password-hash.ts";
export { createRateLimits, type RateLimits } from "./rate-limits.ts";
export { type RelyingParty, relyingParty } from "./relying-party.ts";
export { judgeRequestOrigin, type OriginVerdict, type RequestOrigin } from "./request-origin.ts";
export { resealFactors } from "./reseal-factors.ts";
export { resumeSession } from "./resume-session.ts";
export { accountActor, own, type Session, type SessionKey } from "./session.ts";
export { type CookiePolicy, cookiePolicy } from "./session-cookie.ts";
export { tellOfLostSecret } from "./tell-of-lost-secret.ts";

/** Looks as a customer end by real time: a moved clock ends none. */
export const sweep: Sweep = { name: "identity", job: endImpersonationsJob, nextDue: async () => null };
