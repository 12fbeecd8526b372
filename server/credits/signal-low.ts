import { eq, sql } from "drizzle-orm";
import { creditAccounts } from "../../drizzle/schema/credits.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { lockAccount } from "./credit-account.ts";

/**
 * Says from which balances on a customer's fall is told of (`credits.balance_low`), all of them at once: when the balance
 * passes one on its way down, not again while it stays below. Whole credits. Service role.
 */
export async function watchBalance(tx: Tx, wanted: { customerId: string; below: readonly number[] }): Promise<void> {
  await lockAccount(tx, wanted.customerId);
  const signalBelow = [...new Set(wanted.below)].filter((credits) => credits > 0).toSorted((a, b) => a - b);
  await tx.update(creditAccounts).set({ signalBelow }).where(eq(creditAccounts.customerId, wanted.customerId));
}

/** Emits `credits.balance_low` with the customer's id. Whoever reacts looks at the balance: it may have risen since. Worker only. */
export async function signalLow(ctx: Ctx, { customerId }: { customerId: string }): Promise<void> {
  await ctx.db.transaction((tx) => emit(tx, { name: "credits.balance_low", id: customerId }));
}

/** For what lowers a balance other than spending, which signals by itself. Account locked. */
export async function signalFall(tx: Tx, customerId: string, before: number, after: number): Promise<void> {
  if (after < before) await tx.execute(sql`select app.signal_low_credits(${customerId}, ${before}, ${after})`);
}
