import { and, eq, inArray, sql, sum } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { invariant } from "../kernel/invariant.ts";
import { isFinal, transition } from "../kernel/machine.ts";
import { convergeRefunds } from "./converge-refunds.ts";
import { paymentErrors } from "./errors.ts";
import { exceedsLine } from "./exceeds-line.ts";
import type { RefundGateway } from "./refund-gateway.ts";
import { refundRoom } from "./refund-room.ts";
import { type RefundStatus, refundMachine } from "./refund-status.ts";

/** Counted against the payment: they happened, or may have, or will. */
const COMMITTED = ["sent", "unknown", "processing", "succeeded"] as const satisfies readonly RefundStatus[];
const REFUNDABLE: readonly string[] = ["paid", "partially_refunded"];

type Refund = typeof refunds.$inferSelect;
type Claim = { readonly refund: Refund; readonly paymentExternalId: string; readonly seenBefore: boolean };

/**
 * Sends one refund to the provider, once. It is claimed first under the payment's lock, where what is left of the payment
 * is judged: two that together exceed it are never both sent. One that was sent before is looked for at the provider before
 * it is sent again (always under the same idempotency key). Idempotent; safe to run twice at once. A final no makes it
 * failed and says why. Throws ProviderError while the outcome is not known, so that the job comes back, and
 * `payments.no_such_refund`.
 */
export async function executeRefund(
  ctx: Ctx<{ refunds: RefundGateway }>,
  { refundId }: { refundId: string },
): Promise<void> {
  const claim = await ctx.db.transaction((tx) => claimRefund(tx, refundId));
  if (!claim) return;
  const { paymentExternalId, refund } = claim;
  if (claim.seenBefore) {
    await convergeRefunds(ctx, { paymentExternalId });
    if (await isSettled(ctx, refundId)) return;
  }
  try {
    await ctx.providers.refunds.createRefund({ refundId, paymentExternalId, amount: refund.amount });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.reason === "rejected") return refuse(ctx, refundId, error.code ?? "rejected");
    if (error.reason === "unknown_outcome") await markUnknown(ctx, refundId);
    throw error;
  }
  await convergeRefunds(ctx, { paymentExternalId });
}

/** Null when nothing is to be sent (any more). Throws `payments.no_such_refund`. */
async function claimRefund(tx: Tx, refundId: string): Promise<Claim | null> {
  // The payment first, then the refund: in the order in which what the provider holds is taken in.
  const { paymentId, orderId } = refunds;
  const [wanted] = await tx.select({ paymentId, orderId }).from(refunds).where(eq(refunds.id, refundId));
  if (!wanted) throw paymentErrors.noSuchRefund();
  // Lines are the order's, whichever of its payments gives the money: refunds of one order are judged one after the other.
  if (wanted.orderId)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`refund:${wanted.orderId}`}, 0))`);
  const [payment] = await tx.select().from(payments).where(eq(payments.id, wanted.paymentId)).for("update");
  const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
  invariant(payment && refund, "a refund stays, and has a payment");
  if (refund.status === "succeeded" || isFinal(refundMachine, refund.status)) return null;
  const claim = { refund, paymentExternalId: payment.externalId };
  if (refund.status !== "requested") return { ...claim, seenBefore: true };
  const problem = await problemOf(tx, refund, payment);
  if (problem) {
    await fail(tx, refundId, problem);
    return null;
  }
  await transition(tx, refundMachine, { id: refundId, event: "sent" });
  return { ...claim, seenBefore: false };
}

/** Why it must not be sent: judged under the payment's lock, since two may have been asked for at the same moment. */
async function problemOf(tx: Tx, refund: Refund, payment: typeof payments.$inferSelect): Promise<string | null> {
  if (!REFUNDABLE.includes(payment.status)) return `payment_${payment.status}`;
  if (refund.amount > (await roomOf(tx, payment))) return "exceeds_payment";
  return (await exceedsLine(tx, refund, COMMITTED)) ? "line_already_refunded" : null;
}

async function roomOf(tx: Tx, payment: typeof payments.$inferSelect): Promise<number> {
  const [row] = await tx
    .select({ committed: sum(refunds.amount) })
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), inArray(refunds.status, [...COMMITTED])));
  return refundRoom({
    paid: payment.amount,
    refundedAtProvider: payment.refundedAmount,
    committed: Number(row?.committed ?? 0),
  });
}

async function isSettled(ctx: Ctx, refundId: string): Promise<boolean> {
  const [row] = await ctx.db.transaction((tx) =>
    tx.select({ externalId: refunds.externalId }).from(refunds).where(eq(refunds.id, refundId)),
  );
  return row?.externalId != null;
}

async function markUnknown(ctx: Ctx, refundId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ status: refunds.status })
      .from(refunds)
      .where(eq(refunds.id, refundId))
      .for("update");
    if (row?.status === "sent") await transition(tx, refundMachine, { id: refundId, event: "outcome_unknown" });
  });
}

async function refuse(ctx: Ctx, refundId: string, code: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .select({ status: refunds.status })
      .from(refunds)
      .where(eq(refunds.id, refundId))
      .for("update");
    if (row?.status === "sent" || row?.status === "unknown") await fail(tx, refundId, code);
  });
}

async function fail(tx: Tx, refundId: string, code: string): Promise<void> {
  await tx.update(refunds).set({ failureCode: code, nextCheckAt: null }).where(eq(refunds.id, refundId));
  await transition(tx, refundMachine, { id: refundId, event: "failed", reason: code });
}
