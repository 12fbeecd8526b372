import { eq } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { DomainError } from "../kernel/errors.ts";
import { applyLook } from "../kernel/look.ts";
import { transition } from "../kernel/machine.ts";
import { oneAtATime } from "../kernel/one-at-a-time.ts";
import { nextCheckAt } from "./check-schedule.ts";
import { checkoutMachine } from "./checkout-status.ts";
import { type Applied, completeCheckout } from "./complete-checkout.ts";
import { convergeTopUp, type TopUpPorts } from "./converge-top-up.ts";
import { checkoutErrors } from "./errors.ts";
import { type Checkout, findCheckout } from "./find-checkout.ts";
import type { SessionFacts } from "./gateway.ts";
import { findPurchaseGrant, type PurchaseGrant } from "./grant-purchase.ts";
import { openPage, type PagePorts } from "./open-page.ts";
import { isForeignPointer, sessionProblems } from "./session-check.ts";

/** Called inside the last transaction with one English sentence of what happened, and what was granted, if anything was. */
export type Also = (tx: Tx, effect: string, result?: PurchaseGrant) => Promise<void>;

export type ConvergeTarget = ({ readonly checkoutId: string } | { readonly stripeSessionId: string }) & {
  /** Where the news of it stands in the order of looks, and what has to have been looked at since for it to be old. */
  readonly asked?: number | undefined;
  readonly expected?: readonly string[] | undefined;
  /** Asked when another look at the page was waited for: whether nothing is left to look for. */
  unless?(): Promise<boolean>;
};

/** Looks at one page wait for each other in a process: of those at once all but the first would write what is written. */
const inTurn = oneAtATime();

/**
 * Brings a purchase to what Stripe holds: asks for its payment page with the payment, membership and invoice that came of
 * it, compares them with what was frozen, and in one transaction makes the order, its payment with every attempt, the
 * membership, the invoice, and closes the cart. The browser's return, webhooks and the sweep all end here.
 *
 * Idempotent in any order, any number of times, at once: looks are put in order (`applyLook`) and every row has a key of
 * the provider's. A page that does not match what was frozen is never fulfilled: it raises an alert. Credits are granted in the same transaction,
 * once per line, when they are paid. Worker only. Throws `checkout.not_found`, `checkout.foreign_pointer` when credits were
 * paid for on a page that does not name its purchase and buyer, `checkout.no_organization` when a plan was on one that names
 * no organization, and ProviderError when Stripe cannot be asked.
 */
export async function convergeCheckout(
  ctx: Ctx<TopUpPorts>,
  target: ConvergeTarget,
  also: Also = async () => {},
): Promise<void> {
  const known =
    "checkoutId" in target
      ? await ctx.db.transaction((tx) => findCheckout(tx, target.checkoutId), { readOnly: true })
      : null;
  if (known?.topUpCard) return convergeTopUp(ctx, known, also);
  const sessionId = known ? await sessionOf(ctx, known) : "stripeSessionId" in target ? target.stripeSessionId : null;
  if (sessionId === null) {
    await ctx.db.transaction((tx) => also(tx, "No payment page was ever opened for this purchase."));
    return;
  }
  await inTurn(sessionId, async (waited) => {
    if (!waited || !(await target.unless?.())) await lookAtPage(ctx, { ...target, sessionId, known }, also);
  });
}

async function lookAtPage(
  ctx: Ctx<TopUpPorts>,
  page: Pick<ConvergeTarget, "asked" | "expected"> & { readonly sessionId: string; readonly known: Checkout | null },
  also: Also,
): Promise<void> {
  const { sessionId, known, asked, expected } = page;
  let refusal: DomainError | undefined;
  await applyLook<SessionFacts | null, boolean>(ctx, {
    ...{ asked, expected },
    look: () => ctx.providers.checkout.findSession(sessionId),
    subjects: (facts) => subjectsOf(sessionId, facts, known),
    apply: async (tx, facts) => {
      const { effect, granted, refusal: refused, fulfilled = false } = await apply(ctx, tx, sessionId, facts, known);
      refusal = refused;
      if (!refused) await also(tx, effect, granted ?? undefined);
      return fulfilled;
    },
    superseded: async (tx) => {
      // Whoever told of it keeps what was granted, also when the buyer's way back was faster.
      const granted = await findPurchaseGrant(tx, sessionId);
      await also(tx, "Nothing was left to do: the purchase was brought up to date meanwhile.", granted ?? undefined);
      return false;
    },
    // Of a membership, invoice or payment that nothing was written of, older news has still to be followed up.
    written: (fulfilled, subjects) =>
      fulfilled ? subjects : subjects.filter((subject) => subject.startsWith("checkout:")),
  });
  // What was found is written by now; whoever told of it (an event of the inbox) is laid before a person.
  if (refusal) throw refusal;
}

/** The payment page of a purchase; a call whose outcome nobody knows is sent again to learn it. */
async function sessionOf(ctx: Ctx<PagePorts>, checkout: Checkout): Promise<string | null> {
  if (checkout.stripeSessionId) return checkout.stripeSessionId;
  if (checkout.status !== "created" && checkout.status !== "unknown") return null;
  const page = await openPage(ctx, checkout);
  if (page.outcome !== "unknown") return page.outcome === "open" ? page.sessionId : null;
  if (checkout.expiresAt > ctx.now()) throw new Error("the outcome of opening the payment page is still unknown");
  await ctx.db.transaction(async (tx) => {
    // Nobody was ever given its address, and its time is over: whether it existed does not matter any more.
    await expired(tx, await findCheckout(tx, checkout.id, { lock: true }));
  });
  return null;
}

/** What a look at a payment page is a look at; the names are shared with memberships and invoices. */
function subjectsOf(sessionId: string, facts: SessionFacts | null, known: Checkout | null): string[] {
  const payments = [facts?.payment, facts?.invoice?.payment].filter((payment) => payment != null);
  return [
    `checkout:${facts?.checkoutId ?? known?.id ?? sessionId}`,
    ...(facts?.subscription ? [`subscription:${facts.subscription.externalId}`] : []),
    ...(facts?.invoice ? [`invoice:${facts.invoice.externalId}`] : []),
    ...payments.map(({ externalId }) => `payment:${externalId}`),
  ];
}

async function apply(
  ctx: Ctx<PagePorts>,
  tx: Tx,
  sessionId: string,
  facts: SessionFacts | null,
  known: Checkout | null,
): Promise<Applied> {
  const id = known?.id ?? facts?.checkoutId;
  const [checkout] = id ? await tx.select().from(checkouts).where(eq(checkouts.id, id)).for("update") : [];
  if (!checkout) return told(await foreign(tx, sessionId, facts));
  if (!facts) return told(await gone(tx, checkout));
  const problems = sessionProblems(checkout, facts, ctx.providers.checkout.livemode);
  if (problems.length > 0) return told(await mismatch(ctx, tx, checkout, sessionId, problems));
  if (facts.status === "complete") {
    if (checkout.organizationId !== null && facts.organizationId === null) {
      const effect = await mismatch(ctx, tx, checkout, sessionId, [
        "it says of no organization that the plan is for it",
      ]);
      return { effect, granted: null, refusal: checkoutErrors.noOrganization({ sessionId }) };
    }
    if (!isForeignPointer(checkout, facts))
      return { ...(await completeCheckout(tx, checkout, facts)), fulfilled: true };
    const effect = await mismatch(ctx, tx, checkout, sessionId, ["it says that the credits are for somebody else"]);
    return { effect, granted: null, refusal: checkoutErrors.foreignPointer({ sessionId }) };
  }
  return told(await (facts.status === "open" ? stillOpen(tx, checkout, facts) : expired(tx, checkout)));
}

const told = (effect: string): Applied => ({ effect, granted: null });

async function stillOpen(tx: Tx, checkout: Checkout, facts: SessionFacts): Promise<string> {
  if (checkout.status === "completed" || checkout.status === "expired")
    return "The purchase had come to its end already.";
  const seen = { stripeSessionId: facts.sessionId, url: facts.url, failureCode: facts.payment?.failureCode ?? null };
  await tx
    .update(checkouts)
    .set({ ...seen, nextCheckAt: nextCheckAt({ ...checkout, status: "open" }, tx.scope.now) })
    .where(eq(checkouts.id, checkout.id));
  if (checkout.status !== "open") await transition(tx, checkoutMachine, { id: checkout.id, event: "opened" });
  return seen.failureCode
    ? "The card was declined; the payment page is still open."
    : "The payment page is still open.";
}

async function expired(tx: Tx, checkout: Checkout): Promise<string> {
  await tx.update(checkouts).set({ nextCheckAt: null }).where(eq(checkouts.id, checkout.id));
  if (checkout.status === "created" || checkout.status === "open" || checkout.status === "unknown") {
    await transition(tx, checkoutMachine, { id: checkout.id, event: "expired", cause: "the payment page expired" });
  }
  return "The payment page expired; nothing was charged.";
}

/** Stripe knows no such page (another account's keys, a reset sandbox): nobody can pay on it. */
async function gone(tx: Tx, checkout: Checkout): Promise<string> {
  if (checkout.status === "completed")
    return "Stripe does not know the payment page any more; the purchase was completed before.";
  await tx.update(checkouts).set({ failureCode: "page_gone" }).where(eq(checkouts.id, checkout.id));
  await expired(tx, checkout);
  return "Stripe does not know the payment page; the purchase was closed.";
}

async function foreign(tx: Tx, sessionId: string, facts: SessionFacts | null): Promise<string> {
  if (facts?.status !== "complete") return "The payment page is not one of ours.";
  // It says that somebody bought credits, and no purchase of ours says so: for a person to look at, never a guess.
  if (facts.pointer) throw checkoutErrors.foreignPointer({ sessionId });
  await raiseAlert(tx, {
    kind: "checkout.foreign_page",
    subject: sessionId,
    detail: "Somebody paid on a payment page that belongs to no purchase of ours. Nothing was fulfilled.",
  });
  return "The payment page belongs to no purchase of ours: nothing was fulfilled, and an alert was raised.";
}

async function mismatch(
  ctx: Ctx,
  tx: Tx,
  checkout: Checkout,
  sessionId: string,
  problems: readonly string[],
): Promise<string> {
  ctx.log.error({ checkoutId: checkout.id, problems }, "a payment page does not match its purchase");
  if (checkout.status !== "completed") {
    await tx.update(checkouts).set({ failureCode: "mismatch", nextCheckAt: null }).where(eq(checkouts.id, checkout.id));
  }
  await raiseAlert(tx, {
    kind: "checkout.mismatch",
    subject: checkout.id,
    detail: `Payment page ${sessionId} does not match the purchase: ${problems.join("; ")}. Nothing was fulfilled.`,
  });
  return `Nothing was fulfilled, and an alert was raised: ${problems.join("; ")}.`;
}
