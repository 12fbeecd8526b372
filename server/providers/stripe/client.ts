import Stripe from "stripe";
import { ProviderError } from "../../kernel/errors.ts";

/** The API version that every shape in this folder was written against. */
export const STRIPE_API_VERSION = "2026-10-28.endive";

export type StripeSettings = {
  readonly secretKey: string;
  readonly apiBase?: string | undefined;
  readonly timeoutMs?: number;
};

/** The one place a Stripe client is made. `apiBase` points it at a stand-in; it cannot be changed per call. */
export function createStripeClient(settings: StripeSettings): Stripe {
  const base = settings.apiBase === undefined ? null : new URL(settings.apiBase);
  return new Stripe(settings.secretKey, {
    apiVersion: STRIPE_API_VERSION,
    maxNetworkRetries: 1,
    timeout: settings.timeoutMs ?? 20_000,
    telemetry: false,
    appInfo: { name: "Kraftverk" },
    ...(base
      ? {
          host: base.hostname,
          port: Number(base.port || (base.protocol === "https:" ? 443 : 80)),
          protocol: base.protocol === "https:" ? ("https" as const) : ("http" as const),
        }
      : {}),
  });
}

/**
 * Runs one call and says in our words what went wrong. A lost connection or a 5xx on a call that changes something is
 * `unknown_outcome`; on a read it is `unavailable`. A 4xx is `rejected` with Stripe's own code.
 */
export async function callStripe<T>(kind: "read" | "write", call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toProviderError(kind, error);
  }
}

/** Reads one object; null when Stripe says that there is none. */
export async function findStripe<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await callStripe("read", call);
  } catch (error) {
    if (error instanceof ProviderError && error.code === "resource_missing") return null;
    throw error;
  }
}

function toProviderError(kind: "read" | "write", error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const uncertain = kind === "write" ? "unknown_outcome" : "unavailable";
  const options = { code: error.code ?? null, cause: error };
  if (error instanceof Stripe.errors.StripeConnectionError)
    return new ProviderError("stripe", uncertain, "Stripe did not answer.", options);
  const status = error.statusCode ?? 500;
  if (status === 429 || (status === 409 && error.code === "idempotency_key_in_use")) {
    return new ProviderError("stripe", "unavailable", "Stripe asks us to wait.", options);
  }
  if (status >= 500) return new ProviderError("stripe", uncertain, `Stripe answered ${status}.`, options);
  return new ProviderError("stripe", "rejected", error.message, options);
}
