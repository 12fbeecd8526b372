import { and, eq } from "drizzle-orm";
import { users } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import type { KnownAccount } from "./account-look-up.ts";

/**
 * Whether the account's password is still the one that was checked, and keeps it so until the transaction ends. A sign-in
 * that meets a change of the password either opens its session before the change ends them all, or none at all.
 */
export async function holdAccount(tx: Tx, account: Pick<KnownAccount, "userId" | "passwordHash">): Promise<boolean> {
  const held = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, account.userId), eq(users.passwordHash, account.passwordHash)))
    .for("share");
  return held.length > 0;
}
