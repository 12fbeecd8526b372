import type { Ctx } from "../kernel/ctx.ts";
import { addChange } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";

/**
 * A membership that rests goes on: a new period begins now and is charged. Idempotent by `formKey`. Throws
 * `subscriptions.not_found`, `subscriptions.change_in_progress`, `subscriptions.change_not_allowed`.
 */
export async function requestResume(
  ctx: Ctx,
  request: { readonly id: string; readonly formKey: string },
  reach: Reach,
): Promise<{ changeId: string }> {
  const { id, formKey } = request;
  return ctx.db.transaction(async (tx) => {
    await reachMembership(tx, id, reach);
    const key = `${id}:resume:${formKey}`;
    return {
      changeId: await addChange(tx, { subscriptionId: id, kind: "resume", timing: "now", idempotencyKey: key }),
    };
  });
}
