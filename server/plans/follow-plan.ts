import { and, eq, sql } from "drizzle-orm";
import { prices } from "../../drizzle/schema/catalog.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { mirrorProductJob } from "../catalog/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { recordPriceChange } from "../pricing/index.ts";
import { liveVersion, requirePlan } from "./find-versions.ts";
import { followPlanJob } from "./jobs.ts";

const PAGE = 200;

/**
 * Brings the organizations that have a plan without a subscription of theirs saying which version (all those on the pilot)
 * to the version on sale, a page at a time; the next page is a job of its own. Idempotent. Returns how many. Worker only.
 */
export async function followPlan(ctx: Ctx, page: { versionId: string; after?: string | undefined }): Promise<number> {
  const { versionId, after = "" } = page;
  return ctx.db.transaction(async (tx) => {
    const [version] = await tx.select().from(planVersions).where(eq(planVersions.id, versionId));
    if (version?.status !== "published") return 0;
    const found = await tx.execute<{ id: string }>(sql`
      select distinct e.organization_id as id from entitlements e join plan_versions v on v.id = e.plan_version_id
      where e.source = 'plan' and e.replaced_at is null and v.plan_code = ${version.planCode} and v.id <> ${versionId}
        and e.organization_id > ${after}
        and not exists (select 1 from subscriptions s where s.organization_id = e.organization_id
          and s.plan_version_id = v.id and (s.status in ('trialing', 'active', 'past_due', 'unpaid')
            or (s.status = 'paused' and s.pause_at is not null and v.pause_keeps)))
      order by 1 limit ${PAGE}`);
    for (const { id } of found) await tx.execute(sql`select pf_apply_plan_entitlements(${id}, ${version.planCode})`);
    const last = found.at(-1)?.id;
    if (last !== undefined && found.length === PAGE) await enqueue(tx, followPlanJob, { versionId, after: last });
    return found.length;
  });
}

/**
 * Takes the prices of a plan that has no version on sale out of the shop; a job tells the provider. Does nothing when
 * another version took the place of the one that was retired. Idempotent. Worker only.
 */
export async function withdrawPlan(ctx: Ctx, { versionId }: { versionId: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [version] = await tx.select().from(planVersions).where(eq(planVersions.id, versionId));
    if (!version) return;
    const { code, productId } = await requirePlan(tx, version.planCode);
    await recordPriceChange(tx, [productId], async () => {
      if (await liveVersion(tx, code)) return;
      await tx
        .update(prices)
        .set({ active: false })
        .where(and(eq(prices.productId, productId), prices.active));
      await enqueue(tx, mirrorProductJob, { productId }, { key: `${mirrorProductJob.name}:${productId}` });
    });
  });
}
