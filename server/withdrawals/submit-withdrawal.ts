import { eq } from "drizzle-orm";
import { withdrawalLines, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import { type Actor, holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { databaseError } from "../kernel/errors.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { begin, transitionAll } from "../kernel/machine.ts";
import { withdrawalErrors } from "./errors.ts";
import { findOrderId, type OrderHandle } from "./find-order.ts";
import { confirmable, openStatements } from "./find-statement.ts";
import { readOrderFacts } from "./order-facts.ts";
import { statementMachine } from "./statement-status.ts";
import { decideWithdrawal } from "./withdrawal-decision.ts";
import { WITHDRAWAL_DAYS } from "./withdrawal-period.ts";
import { withdrawalMachine } from "./withdrawal-status.ts";

type Lines = {
  readonly lineIds: readonly string[];
  readonly formKey: string;
  /** Staff have spoken with the buyer: what was said counts however long ago it was. */
  readonly byStaff?: boolean;
};

/**
 * Takes in a buyer's statement that lines of an order are taken back: its time is kept, a receipt is mailed and the rest
 * is decided by a job. It needs the order's link or the buyer's own session, and no reason. Where the order was already said to be taken
 * back (`stateWithdrawal`), this carries that out, and its time is the one that counts; what was said more than 14 days ago is left to staff.
 *
 * Idempotent by `formKey`; each line is taken back at most once, however many ask at the same moment. Returns the
 * withdrawal's id. Throws `withdrawals.no_order`, `withdrawals.choose_lines` for lines of another order,
 * `withdrawals.already_withdrawn`, and `withdrawals.left_to_staff` where it would be too late now and was said in time, too long ago.
 */
export function submitWithdrawal(
  ctx: Ctx,
  { order, lineIds, formKey }: Lines & { readonly order: OrderHandle },
): Promise<{ id: string }> {
  const as = "ref" in order ? holding(ctx.actor, order.ref) : ctx.actor;
  return takeBack(ctx, as, async (tx, take) => take(await findOrderId(tx, order), { lineIds, formKey }));
}

/** Runs `work`, which takes lines of an order back by `take`, in one transaction. Throws like {@link submitWithdrawal}. */
export async function takeBack(
  ctx: Ctx,
  as: Actor,
  work: (tx: Tx, take: (orderId: string, lines: Lines) => Promise<{ id: string }>) => Promise<{ id: string }>,
): Promise<{ id: string }> {
  try {
    return await ctx.db.transaction((tx) => work(tx, (orderId, lines) => takeLines(tx, orderId, lines)), { as });
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

async function takeLines(tx: Tx, orderId: string, request: Lines): Promise<{ id: string }> {
  const facts = await readOrderFacts(tx, orderId);
  const { order, lines } = facts;
  const open = await openStatements(tx, orderId, { lock: true });
  const stated = request.byStaff ? open : confirmable(open, tx.scope.now);
  const receivedAt = stated[0]?.receivedAt ?? tx.scope.now;
  const named = new Set(request.lineIds);
  if ([...named].some((id) => lines.every((line) => line.id !== id))) throw withdrawalErrors.chooseLines();
  const chosen = withTheirFees(lines, named).map((line) => line.id);
  if (open.length > 0 && stated.length === 0) {
    const perLine = facts.perLine.filter((line) => chosen.includes(line.lineId));
    const asOfNow = decideWithdrawal(perLine, { receivedAt, payment: facts.standing, currency: order.currency });
    if (asOfNow.lines.some((line) => !line.inTime)) throw withdrawalErrors.leftToStaff();
  }
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
      receivedAt,
      refundDueAt: new Date(receivedAt.getTime() + WITHDRAWAL_DAYS * 86_400_000),
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
  await transitionAll(tx, statementMachine, {
    ids: stated.map((one) => one.id),
    event: "carried_out",
    cause: `withdrawal ${id}`,
    alongside: { withdrawal_id: id, completed_at: tx.scope.now.toISOString() },
  });
  return { id };
}
