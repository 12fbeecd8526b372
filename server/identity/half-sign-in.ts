import { and, eq, isNull, sql } from "drizzle-orm";
import { halfSignIns } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Database, Tx } from "../kernel/db.ts";
import { hashToken, newToken } from "../kernel/id.ts";
import { type AccountRow, accountOf, type KnownAccount } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";
import { holdAccount } from "./hold-account.ts";
import { accountActor } from "./session.ts";

const MINUTES = 10;

/** The password was right; what the browser keeps until the second factor is shown. */
export type HalfSignIn = { readonly token: string; readonly expiresAt: Date };

/**
 * Remembers for ten minutes that this browser has shown the password. Opens no session and gives nothing else. Throws
 * `identity.sign_in_failed` when the password was changed meanwhile.
 */
export async function beginHalfSignIn(
  ctx: Ctx,
  of: { account: KnownAccount; userAgent: string | null; redirectTo: string },
): Promise<HalfSignIn> {
  const token = newToken();
  const expiresAt = new Date(ctx.technical.now().getTime() + MINUTES * 60_000);
  const { account, userAgent, redirectTo } = of;
  await ctx.db.transaction(
    async (tx) => {
      if (!(await holdAccount(tx, account))) throw identityErrors.signInFailed();
      await tx
        .insert(halfSignIns)
        .values({ tokenHash: hashToken(token), userId: account.userId, userAgent, redirectTo, expiresAt });
    },
    { as: accountActor(account) },
  );
  return { token, expiresAt };
}

export type OpenHalf = { readonly account: KnownAccount; readonly tokenHash: string; readonly redirectTo: string };

/** The sign-in that waits for a second factor in this browser; null when it is too old, was used, or was begun elsewhere. */
export async function findHalfSignIn(
  db: Database,
  half: { token: string | null; userAgent: string | null; at: Date },
): Promise<OpenHalf | null> {
  if (half.token === null) return null;
  const tokenHash = hashToken(half.token);
  const [row] = await db.transaction((tx) =>
    tx.execute<AccountRow & { user_agent: string | null; redirect_to: string }>(
      sql`select * from app.half_sign_in_lookup(${tokenHash}, ${half.at.toISOString()}::timestamptz)`,
    ),
  );
  if (!row || row.user_agent !== half.userAgent) return null;
  return { account: accountOf(row), tokenHash, redirectTo: row.redirect_to };
}

/** Uses it up, in the transaction that opens the session; false when another request was faster. */
export async function useHalfSignIn(tx: Tx, half: { tokenHash: string; at: Date }): Promise<boolean> {
  const used = await tx
    .update(halfSignIns)
    .set({ usedAt: half.at })
    .where(and(eq(halfSignIns.tokenHash, half.tokenHash), isNull(halfSignIns.usedAt)))
    .returning({ tokenHash: halfSignIns.tokenHash });
  return used.length > 0;
}

/** Ends every sign-in of a user that waits for its second step: what its password was shown for is no longer so. */
export async function endHalfSignIns(tx: Tx, of: { userId: string; at: Date }): Promise<void> {
  await tx
    .update(halfSignIns)
    .set({ usedAt: of.at })
    .where(and(eq(halfSignIns.userId, of.userId), isNull(halfSignIns.usedAt)));
}
