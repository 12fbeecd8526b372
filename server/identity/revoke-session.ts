import { and, eq, isNull, ne } from "drizzle-orm";
import { sessions } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { identityErrors } from "./errors.ts";
import { endHalfSignIns } from "./half-sign-in.ts";
import type { Session } from "./session.ts";

/** Ends one of one's own sessions, on whatever device. Throws `identity.session_not_found` for anybody else's. */
export async function revokeSession(ctx: Ctx, own: { session: Session; id: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const revoked = await tx
      .update(sessions)
      .set({ revokedAt: ctx.technical.now() })
      .where(and(eq(sessions.id, own.id), eq(sessions.userId, own.session.userId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (revoked.length === 0) throw identityErrors.sessionNotFound();
  });
}

/** Ends all of one's own sessions but this one; returns how many there were. Idempotent. */
export async function revokeOtherSessions(ctx: Ctx, session: Session): Promise<number> {
  return ctx.db.transaction((tx) =>
    revokeAll(tx, { userId: session.userId, except: session.id, at: ctx.technical.now() }),
  );
}

/**
 * Ends every session of a user (a new password), and every sign-in that waits for its second step: whoever held one must
 * begin again with the password as it is now.
 */
export async function revokeAll(tx: Tx, of: { userId: string; except: string | null; at: Date }): Promise<number> {
  const revoked = await tx
    .update(sessions)
    .set({ revokedAt: of.at })
    .where(
      and(
        eq(sessions.userId, of.userId),
        isNull(sessions.revokedAt),
        of.except ? ne(sessions.id, of.except) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  await endHalfSignIns(tx, of);
  return revoked.length;
}
