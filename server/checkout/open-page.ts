import { and, eq } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { enqueue } from "../kernel/job.ts";
import type { Links } from "../kernel/links.ts";
import { transition } from "../kernel/machine.ts";
import { nextCheckAt } from "./check-schedule.ts";
import { trialDaysOf, trialWithoutCardOf } from "./checkout-plan.ts";
import { checkoutMachine } from "./checkout-status.ts";
import { attemptsOf, type Checkout, findCheckout } from "./find-checkout.ts";
import type { CheckoutGateway, SessionRequest } from "./gateway.ts";
import { closePageJob, convergeCheckoutJob } from "./jobs.ts";

export type PagePorts = { readonly checkout: CheckoutGateway; readonly links: Links };

/** `unavailable`: no page was opened, and the intent is closed. `unknown`: a job finds out by sending the same call again. */
export type PageOutcome =
  | { readonly outcome: "open"; readonly sessionId: string; readonly url: string }
  | { readonly outcome: "unavailable"; readonly code: string }
  | { readonly outcome: "unknown" };

/**
 * Sends the call that opens a checkout's payment page, word for word as its row says, and writes what came of it. Safe to
 * repeat from anywhere at any time: the provider answers the same key with the same page. The call is made outside any
 * transaction.
 */
export async function openPage(ctx: Ctx<PagePorts>, checkout: Checkout): Promise<PageOutcome> {
  const as = { as: holding(ctx.actor, ctx.providers.links.orderToken(checkout)) };
  try {
    const page = await ctx.providers.checkout.openSession(requestOf(ctx.providers.links, checkout));
    return await ctx.db.transaction((tx) => writeOpened(tx, checkout.id, page), as);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    ctx.log.warn({ checkoutId: checkout.id, reason: error.reason, code: error.code }, "the payment page did not open");
    return ctx.db.transaction((tx) => writeNotOpened(tx, checkout.id, error), as);
  }
}

/** The call for a checkout: a function of its row alone, so that every sending of it is the same. */
export function requestOf(links: Links, checkout: Checkout): SessionRequest {
  return {
    idempotencyKey: checkout.idempotencyKey,
    checkoutId: checkout.id,
    mode: checkout.mode,
    lines: checkout.lines.map(({ stripePriceId, quantity, seats }) => ({ stripePriceId, quantity: seats ?? quantity })),
    stripeCustomerId: checkout.stripeCustomerId,
    email: checkout.email,
    locale: checkout.locale,
    requiresShipping: checkout.requiresShipping,
    trialDays: trialDaysOf(checkout.lines),
    trialWithoutCard: trialWithoutCardOf(checkout.lines) ?? null,
    successUrl: links.absolute(`/checkout/return?ref=${links.orderToken(checkout)}`),
    cancelUrl: links.absolute(checkout.cancelPath),
    expiresAt: checkout.expiresAt,
    credits: checkout.creditPointer,
    organizationId: checkout.organizationId,
  };
}

async function writeOpened(tx: Tx, id: string, page: { sessionId: string; url: string }): Promise<PageOutcome> {
  const now = await findCheckout(tx, id, { lock: true });
  if (now.status === "created" || now.status === "unknown" || now.status === "failed") {
    const next = nextCheckAt({ ...now, status: "open" }, tx.scope.now);
    await tx
      .update(checkouts)
      .set({ stripeSessionId: page.sessionId, url: page.url, nextCheckAt: next, failureCode: null })
      .where(eq(checkouts.id, id));
    await transition(tx, checkoutMachine, { id, event: "opened" });
    if (await isSuperseded(tx, now)) await closeLater(tx, id);
  }
  return { outcome: "open", ...page };
}

/** Its cart went on to another attempt while nobody knew whether this page exists: one of them has to be closed. */
async function isSuperseded(tx: Tx, checkout: Checkout): Promise<boolean> {
  const alive = (await attemptsOf(tx, checkout.cartId)).filter(
    ({ status }) => status !== "failed" && status !== "expired",
  );
  return alive[0] !== undefined && alive[0].id !== checkout.id;
}

async function writeNotOpened(tx: Tx, id: string, error: ProviderError): Promise<PageOutcome> {
  const now = await findCheckout(tx, id, { lock: true });
  // Somebody else sent the same call and got an answer.
  if (now.stripeSessionId && now.url) return { outcome: "open", sessionId: now.stripeSessionId, url: now.url };
  if (error.reason === "unknown_outcome") {
    if (now.status === "created") {
      await transition(tx, checkoutMachine, { id, event: "outcome_unknown", cause: error.code ?? error.message });
      await enqueue(tx, convergeCheckoutJob, { checkoutId: id }, { key: `checkout.converge:${id}` });
    }
    return { outcome: "unknown" };
  }
  // The same call is under way elsewhere: its sender writes what comes of it.
  if (error.code === "idempotency_key_in_use") return { outcome: "unknown" };
  const code = error.reason === "rejected" ? (error.code ?? "rejected") : "provider_unavailable";
  // An earlier sending whose outcome is unknown may have had an effect: only a final no closes the intent then.
  if (now.status === "unknown" && error.reason === "unavailable") return { outcome: "unknown" };
  if (now.status === "created" || now.status === "unknown") {
    await tx.update(checkouts).set({ failureCode: code, nextCheckAt: null }).where(eq(checkouts.id, id));
    await transition(tx, checkoutMachine, { id, event: "rejected", cause: code });
  }
  return { outcome: "unavailable", code };
}

/** Lets a job close the other pages of a cart, so that only one of them can be paid on. */
export async function closeOtherPages(tx: Tx, cartId: string, keep: string | null): Promise<void> {
  const open = await tx
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(and(eq(checkouts.cartId, cartId), eq(checkouts.status, "open")));
  for (const { id } of open) if (id !== keep) await closeLater(tx, id);
}

async function closeLater(tx: Tx, id: string): Promise<void> {
  await enqueue(tx, closePageJob, { checkoutId: id }, { key: `checkout.close-page:${id}` });
}
