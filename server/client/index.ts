export { type ClientOptions, createClient, type KraftverkClient } from "./create-client.ts";
export { type Refusal, refusalOf } from "./refusal.ts";
export type { SpendResult, Usage } from "./spend-credits.ts";
export { fileSpool, type Spool, type SpooledUsage } from "./spool.ts";
