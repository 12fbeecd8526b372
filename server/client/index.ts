export { createTokenChecker, type SignedEntitlements, type TokenChecker, TokenRefused } from "./check-entitlement.ts";
export { type ClientOptions, createClient, type KraftverkClient } from "./create-client.ts";
export { type Refusal, refusalOf } from "./refusal.ts";
export type { Replayed, SpendResult, Usage } from "./spend-credits.ts";
export { fileSpool, type Spool, type SpooledUsage } from "./spool.ts";
