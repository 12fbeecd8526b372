import { createTRPCClient, httpBatchLink, httpBatchStreamLink, retryLink, type TRPCClient } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "../trpc/router.ts";
import { createTokenChecker, type EntitlementCheck, entitlementCheck } from "./check-entitlement.ts";
import { refusalOf } from "./refusal.ts";
import { mayRepeat, pauseBefore, TRIES } from "./retry-plan.ts";
import { type Replayed, replaySpool, type SpendResult, spendCredits, type Usage } from "./spend-credits.ts";
import type { Spool } from "./spool.ts";

export type ClientOptions = {
  /** The shop's address: `https://shop.example`. */
  readonly url: string;
  /** `kv_live_…`; from wherever the program keeps its secrets. */
  readonly apiKey: string;
  /** Answers of a batch arrive one by one as they are ready, instead of all together. */
  readonly stream?: boolean;
  /** Keeps what is used while the shop is silent; needed for `failMode: "open"`. */
  readonly spool?: Spool;
  /** How long one try may take. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
  /** As whom the shop signs, where programs reach it at another address than its public one. */
  readonly issuer?: string;
};

export type KraftverkClient = {
  /** Every procedure that the key's scopes open, typed by the shop's own router. */
  readonly api: TRPCClient<AppRouter>;
  /** See {@link spendCredits}. */
  spend(usage: Usage): Promise<SpendResult>;
  /** See {@link replaySpool}; to be called now and then, and when the program starts. */
  replay(): Promise<Replayed>;
  /** See {@link EntitlementCheck}. */
  readonly hasEntitlement: EntitlementCheck["hasEntitlement"];
  /** A token that another program can check by itself with {@link createTokenChecker}. */
  readonly entitlementToken: EntitlementCheck["token"];
};

/** Calls in one request; the shop takes twenty at most. */
const BATCH = 20;
const TIMEOUT_MS = 15_000;

/**
 * The shop for a program. Calls made in the same moment travel in one request, those that read and those that change each in their own. What may be repeated (reads, and whatever
 * names an idempotency key) is tried up to five times, later and later, while the shop is silent or overloaded; nothing else is.
 */
export function createClient(options: ClientOptions): KraftverkClient {
  const { apiKey, spool = null, timeoutMs = TIMEOUT_MS } = options;
  const send = options.fetch ?? fetch;
  const link = {
    url: new URL("/api/trpc", options.url).href,
    transformer: superjson,
    maxItems: BATCH,
    headers: { authorization: `Bearer ${apiKey}` },
    fetch: ((input: RequestInfo | URL, init?: RequestInit) =>
      send(input, { ...init, signal: AbortSignal.timeout(timeoutMs) })) as typeof fetch,
  };
  const api = createTRPCClient<AppRouter>({
    links: [
      retryLink({
        retry: ({ op, error, attempts }) => attempts < TRIES && mayRepeat(op) && (refusalOf(error)?.temporary ?? false),
        retryDelayMs: (attempt) => pauseBefore(attempt),
      }),
      options.stream ? httpBatchStreamLink(link) : httpBatchLink(link),
    ],
  });
  const { url, issuer } = options;
  const entitlements = entitlementCheck(api, createTokenChecker({ url, ...(issuer ? { issuer } : {}) }));
  return {
    api,
    hasEntitlement: entitlements.hasEntitlement,
    entitlementToken: entitlements.token,
    spend: (usage) => spendCredits(api, spool, usage),
    async replay() {
      return spool ? replaySpool(api, spool) : { told: 0, waiting: 0, refused: [] };
    },
  };
}
