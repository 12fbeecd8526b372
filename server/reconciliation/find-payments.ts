import { and, eq, inArray, isNull } from "drizzle-orm";
import { drifts, payments } from "../../drizzle/schema/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import type { Providers } from "../ports.ts";
import { isAwaited } from "./both-sides.ts";
import { HEALERS } from "./heal.ts";
import type { NotedPayment } from "./provider-journal.ts";

/**
 * Money that the provider took and that we know nothing of: each such payment is a drift, healed by fetching the purchase
 * that it belongs to. One that belongs to no purchase of ours raises `payments.without_order` and stays open. Idempotent:
 * one that is open already is left alone. Answers how many there were.
 */
export async function findPayments(ctx: Ctx<Providers>, noted: readonly NotedPayment[]): Promise<number> {
  const paid = noted.filter((payment) => payment.paid).map((payment) => payment.externalId);
  if (paid.length === 0) return 0;
  const unknown = await ctx.db.transaction(async (tx) => {
    const ours = await tx.select({ id: payments.externalId }).from(payments).where(inArray(payments.externalId, paid));
    const open = await tx
      .select({ id: drifts.object })
      .from(drifts)
      .where(and(inArray(drifts.object, paid), isNull(drifts.healedAt)));
    const known = new Set([...ours, ...open].map((row) => row.id));
    const missing: string[] = [];
    for (const id of paid)
      if (!known.has(id) && !(await isAwaited(tx, { kind: "payment", object: id }))) missing.push(id);
    return missing;
  });
  for (const object of unknown) await adopt(ctx, object);
  return unknown.length;
}

async function adopt(ctx: Ctx<Providers>, object: string): Promise<void> {
  const { useCase, heal } = HEALERS.payment;
  const id = newId("dft");
  await ctx.db.transaction((tx) =>
    tx
      .insert(drifts)
      .values({ id, kind: "payment", object, field: "existence", ours: null, theirs: "paid", foundAt: tx.scope.now })
      .onConflictDoNothing(),
  );
  await heal(ctx, { kind: "payment", object, subject: object });
  await ctx.db.transaction(async (tx) => {
    const [ours] = await tx.select({ id: payments.id }).from(payments).where(eq(payments.externalId, object));
    if (!ours) return;
    const healed = { subject: ours.id, healedBy: useCase, healedAt: tx.scope.now };
    await tx
      .update(drifts)
      .set(healed)
      .where(and(eq(drifts.object, object), isNull(drifts.healedAt)));
  });
}
