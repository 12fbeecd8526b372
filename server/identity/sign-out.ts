import { eq } from "drizzle-orm";
import { sessions } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { endImpersonation, staffActor } from "./end-impersonation.ts";
import { accountActor, type Session } from "./session.ts";

/** Ends this session, at once and in every process; a look as a customer ends with it. Idempotent. */
export async function signOut(ctx: Ctx, session: Session): Promise<void> {
  await endImpersonation(ctx, session);
  await ctx.db.transaction(
    async (tx) => {
      await tx.update(sessions).set({ revokedAt: ctx.technical.now() }).where(eq(sessions.id, session.id));
    },
    { as: session.impersonation ? staffActor(session.impersonation) : accountActor(session) },
  );
}
