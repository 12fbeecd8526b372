import { eq } from "drizzle-orm";
import { creditReservations } from "../../drizzle/schema/credits.ts";
import { readKeyBudget } from "../api-keys/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { DomainError } from "../kernel/errors.ts";
import { creditErrors } from "./errors.ts";

/** Which key's budget it is: that of whoever spends, or of whoever made a reservation. */
type Whose = { readonly apiKeyId: string | null } | { readonly reservationId: string };

/**
 * The refusal of a use that is more than what is left of a key's budget: with the budget, what is left of it by now and when
 * its next period begins (ISO 8601; null where the budget is for good), beside what the customer has in all.
 */
export async function overBudget(ctx: Ctx, whose: Whose, available: number): Promise<DomainError> {
  const budget = await ctx.db.transaction(async (tx) => {
    const apiKeyId = "apiKeyId" in whose ? whose.apiKeyId : await keyOf(tx, whose.reservationId);
    return apiKeyId === null ? null : readKeyBudget(tx, { apiKeyId });
  });
  if (budget === null) return creditErrors.overBudget({ available });
  const { credits, period, left, renewsAt } = budget;
  return creditErrors.overBudget({
    budget: credits,
    period,
    left,
    renewsAt: renewsAt?.toISOString() ?? null,
    available,
  });
}

async function keyOf(tx: Tx, reservationId: string): Promise<string | null> {
  const { id, apiKeyId } = creditReservations;
  const [row] = await tx.select({ apiKeyId }).from(creditReservations).where(eq(id, reservationId));
  return row?.apiKeyId ?? null;
}
