import { type RefundLine, refunds } from "../../drizzle/schema/refunds.ts";
import { actorName } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import type { Currency } from "../kernel/money.ts";
import { refundMachine } from "./refund-status.ts";

/** A refund is looked after this long after it was asked for, should its job be lost. Business time. */
export const LOOK_AFTER_MS = 5 * 60_000;

export type RefundIntent = {
  readonly paymentId: string;
  readonly orderId: string | null;
  readonly withdrawalId: string | null;
  readonly amount: number;
  readonly currency: Currency;
  readonly lines: readonly RefundLine[];
  readonly reason: string;
  readonly idempotencyKey: string;
};

/**
 * Writes the intent to pay something back, in the caller's transaction; a job sends it once that commits. Idempotent by
 * key: asked again it changes nothing. Whether there is so much left is judged when it is sent (`executeRefund`).
 */
export async function addRefund(tx: Tx, intent: RefundIntent): Promise<void> {
  const id = newId("ref");
  const made = await tx
    .insert(refunds)
    .values({
      id,
      ...intent,
      status: refundMachine.initial,
      requestedBy: actorName(tx.scope.actor),
      nextCheckAt: new Date(tx.scope.now.getTime() + LOOK_AFTER_MS),
      createdAt: tx.scope.now,
    })
    .onConflictDoNothing({ target: refunds.idempotencyKey })
    .returning({ id: refunds.id });
  if (made.length > 0) await begin(tx, refundMachine, { id, reason: intent.reason });
}
