import type { Ctx } from "../kernel/ctx.ts";
import { addChange } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";

/**
 * What is scheduled is taken back: an end, another plan, a pause that has not begun. Idempotent by `formKey`. Throws
 * `subscriptions.not_found`, `subscriptions.change_in_progress`, and `subscriptions.change_not_allowed` when nothing is
 * scheduled (any more).
 */
export async function requestKeep(
  ctx: Ctx,
  request: { readonly id: string; readonly formKey: string },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, formKey } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const wish = { subscriptionId: id, kind: "keep", timing: "now", idempotencyKey: `${id}:keep:${formKey}` } as const;
    return { changeId: await addChange(tx, wish) };
  });
}
