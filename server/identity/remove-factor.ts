import { and, eq } from "drizzle-orm";
import { passkeys, recoveryCodes, totpFactors } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { identityErrors } from "./errors.ts";
import { endHalfSignIns } from "./half-sign-in.ts";
import { hasAny, readSecondFactors } from "./second-factors.ts";
import type { Session } from "./session.ts";

/**
 * Turns the authenticator app off. Idempotent. Sign-ins that wait for a second step end; with the last factor the recovery
 * codes go too.
 */
export async function removeTotp(ctx: Ctx, session: Session): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await tx.delete(totpFactors).where(eq(totpFactors.userId, session.userId));
    await afterRemoval(tx, { userId: session.userId, at: ctx.technical.now() });
  });
}

/** Forgets one of one's own passkeys, with the same consequences. Throws `identity.passkey_not_found` for anybody else's. */
export async function removePasskey(ctx: Ctx, own: { session: Session; id: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const gone = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, own.id), eq(passkeys.userId, own.session.userId)))
      .returning({ id: passkeys.id });
    if (gone.length === 0) throw identityErrors.passkeyNotFound();
    await afterRemoval(tx, { userId: own.session.userId, at: ctx.technical.now() });
  });
}

/** Sign-ins that wait for a second step end with any factor: theirs may have been the one that is gone. */
async function afterRemoval(tx: Tx, of: { userId: string; at: Date }): Promise<void> {
  await endHalfSignIns(tx, of);
  await dropCodesWithoutFactor(tx, of.userId);
}

/** Recovery codes stand in for a factor: without any there is nothing they could open. */
export async function dropCodesWithoutFactor(tx: Tx, userId: string): Promise<void> {
  if (!hasAny(await readSecondFactors(tx, userId)))
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}
