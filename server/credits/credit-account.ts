import { eq } from "drizzle-orm";
import { creditAccounts } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";

export type CreditAccount = typeof creditAccounts.$inferSelect;

/** Takes the one lock under which a customer's credits move, until the transaction ends; makes the account when it is the first time. */
export async function lockAccount(tx: Tx, customerId: string): Promise<CreditAccount> {
  const lock = () =>
    tx.select().from(creditAccounts).where(eq(creditAccounts.customerId, customerId)).for("no key update");
  const [known] = await lock();
  if (known) return known;
  await tx.insert(creditAccounts).values({ customerId, createdAt: tx.scope.now }).onConflictDoNothing();
  const [made] = await lock();
  invariant(made, "an account that was just made can be locked");
  return made;
}
