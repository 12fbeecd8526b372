import { and, eq, isNull, lte } from "drizzle-orm";
import { impersonations } from "../../drizzle/schema/identity.ts";
import type { Actor } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Impersonation, Session } from "./session.ts";

/** The member of staff behind the look. */
export function staffActor(of: Impersonation): Actor {
  return { kind: "staff", userId: of.staffUserId, role: of.staffRole, customerId: of.staffCustomerId, tokens: [] };
}

/** Ends the look as a customer; recorded. Idempotent. Returns whose it was, to go back to; null when there was none. */
export async function endImpersonation(ctx: Ctx, session: Session): Promise<string | null> {
  const { impersonation } = session;
  if (!impersonation) return null;
  return ctx.db.transaction(
    async (tx) => {
      const [ended] = await tx
        .update(impersonations)
        .set({ endedAt: ctx.technical.now() })
        .where(and(eq(impersonations.id, impersonation.id), isNull(impersonations.endedAt)))
        .returning({ customerId: impersonations.asCustomerId });
      if (!ended) return session.customerId;
      await recordAct(tx, { action: "identity.impersonation_ended", subject: ended.customerId, reason: null });
      return ended.customerId;
    },
    { as: staffActor(impersonation) },
  );
}

/** Records the end of looks whose thirty minutes are over; they have shown nothing since. Service role. Idempotent. */
export async function endExpiredImpersonations(ctx: Ctx): Promise<void> {
  const at = ctx.technical.now();
  await ctx.db.transaction(async (tx) => {
    const ended = await tx
      .update(impersonations)
      .set({ endedAt: at })
      .where(and(isNull(impersonations.endedAt), lte(impersonations.expiresAt, at)))
      .returning({ customerId: impersonations.asCustomerId, staffUserId: impersonations.staffUserId });
    for (const one of ended)
      await recordAct(tx, {
        action: "identity.impersonation_expired",
        subject: one.customerId,
        reason: `staff:${one.staffUserId}`,
      });
  });
}
