import type { AppLoadContext } from "@remix-run/node";

const NAME = "open-payment";
/** A payment page lives that long. */
const LIFETIME_SECONDS = 35 * 60;

export type OpenPayment = { ref: string; url: string };

/** Remembers, in this browser, the payment page of a membership bought straight from its card. */
export function rememberPayment(context: AppLoadContext, ref: string): void {
  context.setCookie(NAME, ref, { maxAgeSeconds: LIFETIME_SECONDS });
}

export function forgetPayment(context: AppLoadContext): void {
  context.setCookie(NAME, "", { maxAgeSeconds: 0 });
}

/** The payment page this browser left, while it can still be paid on. */
export async function openPayment(context: AppLoadContext, request: Request): Promise<OpenPayment | null> {
  const ref = new RegExp(`(?:^|;\\s*)(?:__Host-)?${NAME}=([\\w-]{20,100})(?:;|$)`).exec(
    request.headers.get("cookie") ?? "",
  )?.[1];
  if (!ref) return null;
  const status = await context.caller.checkout.status({ ref }).catch(() => null);
  // A card that was declined does not close the page: another one may pay on it.
  if (status?.url && (status.state === "open" || status.state === "failed")) return { ref, url: status.url };
  if (status?.state !== "working") forgetPayment(context);
  return null;
}
