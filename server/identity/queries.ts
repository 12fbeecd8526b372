import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { sessions } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";

export type SessionView = {
  readonly id: string;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  /** The one that asks. */
  readonly current: boolean;
};

/** A user's open sessions, the last used first. `at` is technical time. */
export async function listSessions(
  tx: Tx,
  of: { userId: string; currentId: string; at: Date },
): Promise<SessionView[]> {
  const rows = await tx
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, of.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, of.at)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(100);
  return rows.map((row) => ({ ...row, current: row.id === of.currentId }));
}
