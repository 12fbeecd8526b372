import { eq } from "drizzle-orm";
import { sessions } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { writeRecoveryCodes } from "./renew-recovery-codes.ts";
import { revokeAll } from "./revoke-session.ts";
import { hasAny, readSecondFactors } from "./second-factors.ts";
import type { Session } from "./session.ts";

/**
 * Before a factor is written: this session has shown it. Where the account had none, sessions that were opened with the
 * password alone end, and it gets its recovery codes. Returns those, or null when it has them already.
 */
export async function factorAdded(
  tx: Tx,
  box: SecretBox,
  by: { session: Session; at: Date },
): Promise<string[] | null> {
  const { session, at } = by;
  const first = !hasAny(await readSecondFactors(tx, session.userId));
  await tx.update(sessions).set({ secondFactor: true }).where(eq(sessions.id, session.id));
  if (!first) return null;
  await revokeAll(tx, { userId: session.userId, except: session.id, at });
  return writeRecoveryCodes(tx, box, { userId: session.userId, at });
}
