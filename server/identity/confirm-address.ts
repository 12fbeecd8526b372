import { and, eq, isNull } from "drizzle-orm";
import { users } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { claimGuestPurchasesJob } from "./jobs.ts";

/** Records that the user has shown to read this mailbox, and lets the claim of guest purchases follow. Idempotent. */
export async function confirmAddress(
  tx: Tx,
  user: { userId: string; emailNormalized: string; at: Date },
): Promise<void> {
  const confirmed = await tx
    .update(users)
    .set({ emailVerifiedAt: user.at })
    .where(
      and(eq(users.id, user.userId), eq(users.emailNormalized, user.emailNormalized), isNull(users.emailVerifiedAt)),
    )
    .returning({ id: users.id });
  if (confirmed.length > 0) await enqueue(tx, claimGuestPurchasesJob, { userId: user.userId });
}
