import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { subscriptionErrors } from "../subscriptions/index.ts";

/** How long a page waits for what it has just asked for, and how often it looks: at first often, then seldom. Technical time. */
const WAIT_MS = 8_000;
const FIRST_LOOK_MS = 100;
const LAST_LOOK_MS = 800;
const UNDER_WAY: readonly string[] = ["requested", "sent"];

/**
 * How a change stands, after waiting a moment for it to be taken in: whoever pressed sees the outcome, not the queue.
 * Only reads. Throws `subscriptions.not_found`.
 */
export async function awaitChange(ctx: Ctx, { changeId }: { changeId: string }) {
  for (let waited = 0, pause = FIRST_LOOK_MS; ; waited += pause, pause = Math.min(pause * 1.5, LAST_LOOK_MS)) {
    const [row] = await ctx.db.transaction(
      (tx) =>
        tx
          .select({
            id: subscriptionChanges.id,
            kind: subscriptionChanges.kind,
            status: subscriptionChanges.status,
            payUrl: subscriptionChanges.payUrl,
            failureCode: subscriptionChanges.failureCode,
            productName: products.name,
            /** When the membership ended: what was asked of it came too late. */
            endedAt: subscriptions.endedAt,
          })
          .from(subscriptionChanges)
          .innerJoin(subscriptions, eq(subscriptions.id, subscriptionChanges.subscriptionId))
          .leftJoin(products, eq(products.id, subscriptionChanges.productId))
          .where(eq(subscriptionChanges.id, changeId)),
      { readOnly: true },
    );
    if (!row) throw subscriptionErrors.notFound();
    if (!UNDER_WAY.includes(row.status) || waited >= WAIT_MS) return row;
    await wait(pause);
  }
}
