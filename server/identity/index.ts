export { claimGuestPurchases } from "./claim-guest-purchases.ts";
export { answerEvenly, EVEN_MILLISECONDS } from "./even-answer.ts";
export { findOrCreateGuestCustomer, type Guest } from "./find-or-create-guest-customer.ts";
export { hashPassword } from "./password-hash.ts";
export { createRateLimits, type RateLimits } from "./rate-limits.ts";
export { judgeRequestOrigin, type OriginVerdict, type RequestOrigin } from "./request-origin.ts";
export { resumeSession } from "./resume-session.ts";
export { accountActor, type Session } from "./session.ts";
export { type CookiePolicy, cookiePolicy } from "./session-cookie.ts";
