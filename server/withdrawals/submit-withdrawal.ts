import { eq } from "drizzle-orm";
import { withdrawalLines, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { withdrawalErrors } from "./errors.ts";
import { findOrderId, type OrderHandle } from "./find-order.ts";
import { readOrderFacts } from "./order-facts.ts";
import { WITHDRAWAL_DAYS } from "./withdrawal-period.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

/**
 * Takes in a buyer's statement that lines of an order are taken back: its time is kept, a receipt is mailed and the rest
 * is decided by a job. It needs the order's link or the buyer's own session, and no reason.
 *
 * Idempotent by `formKey`; each line is taken back at most once, however many ask at the same moment. Returns the
 * withdrawal's id. Throws `withdrawals.no_order`, `withdrawals.choose_lines` for lines of another order, and
 * `withdrawals.already_withdrawn`.
 */
export async function submitWithdrawal(
  ctx: Ctx,
  request: { readonly order: OrderHandle; readonly lineIds: readonly string[]; readonly formKey: string },
): Promise<{ id: string }> {
  const as = "ref" in request.order ? holding(ctx.actor, request.order.ref) : ctx.actor;
  try {
    return await ctx.db.transaction((tx) => take(tx, request), { as });
  } catch (error) {
    if (databaseError(error)?.constraint === "withdrawal_lines_once") throw withdrawalErrors.alreadyWithdrawn();
    throw error;
  }
}

/** The lines that are taken back together: a membership and the fee that was paid once for it. */
export function withTheirFees<Line extends { readonly id: string; readonly variantId: string }>(
  lines: readonly Line[],
  named: ReadonlySet<string>,
): Line[] {
  const variants = new Set(lines.filter((line) => named.has(line.id)).map((line) => line.variantId));
  return lines.filter((line) => variants.has(line.variantId));
}

async function take(tx: Tx, request: Parameters<typeof submitWithdrawal>[1]): Promise<{ id: string }> {
  const orderId = await findOrderId(tx, request.order);
  const { order, lines } = await readOrderFacts(tx, orderId);
  const named = new Set(request.lineIds);
  if ([...named].some((id) => lines.every((line) => line.id !== id))) throw withdrawalErrors.chooseLines();
  const chosen = withTheirFees(lines, named).map((line) => line.id);
  // The key belongs to the order: nobody learns of another's statement by guessing one.
  const idempotencyKey = hashToken(`${orderId}:${request.formKey}`);
  const id = newId("wdr");
  const made = await tx
    .insert(withdrawals)
    .values({
      id,
      orderId,
      customerId: order.customerId,
      status: withdrawalMachine.initial,
      receivedAt: tx.scope.now,
      refundDueAt: new Date(tx.scope.now.getTime() + WITHDRAWAL_DAYS * 86_400_000),
      currency: order.currency,
      idempotencyKey,
    })
    .onConflictDoNothing({ target: withdrawals.idempotencyKey })
    .returning({ id: withdrawals.id });
  if (made.length === 0) {
    const [known] = await tx
      .select({ id: withdrawals.id })
      .from(withdrawals)
      .where(eq(withdrawals.idempotencyKey, idempotencyKey));
    if (!known) throw withdrawalErrors.alreadyWithdrawn();
    return known;
  }
  await tx.insert(withdrawalLines).values(chosen.map((orderLineId) => ({ withdrawalId: id, orderLineId })));
  await begin(tx, withdrawalMachine, { id });
  return { id };
}
