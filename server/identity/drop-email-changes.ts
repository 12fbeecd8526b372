import { and, eq, isNull } from "drizzle-orm";
import { accountTokens, emailChanges } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";

/**
 * Calls off every change of the address that waits for its link to be followed: whoever asked for it knew a password that
 * is worth nothing now, and the link went to a mailbox of theirs. Also one whose mail has not gone out yet. Idempotent.
 */
export async function dropEmailChanges(tx: Tx, of: { userId: string; at: Date }): Promise<void> {
  const { userId, at } = of;
  await tx
    .update(emailChanges)
    .set({ undoneAt: at })
    .where(and(eq(emailChanges.userId, userId), isNull(emailChanges.confirmedAt), isNull(emailChanges.undoneAt)));
  await tx
    .update(accountTokens)
    .set({ usedAt: at })
    .where(
      and(eq(accountTokens.userId, userId), eq(accountTokens.purpose, "change_email"), isNull(accountTokens.usedAt)),
    );
}
