import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { features, plans, planVersions, planVersionTransitions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";
import { withWho } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { contentsOf, requirePlan } from "./find-versions.ts";
import { type PlanContent, usualLookupKey } from "./plan-content.ts";
import { planDiff } from "./plan-diff.ts";
import { planFacts } from "./plan-facts.ts";
import { planProblems } from "./plan-problems.ts";

/** How many versions a plan is shown with. */
const VERSIONS = 200;

/** Subscriptions that run on a version, whether they are paid just now or not. */
const subscribers = sql<number>`(select count(*)::int from subscriptions s where s.plan_version_id = plan_versions.id
  and s.status in ('trialing', 'active', 'past_due', 'unpaid', 'paused'))`;
/** Organizations whose entitlements are of it. */
const organizationsOn = sql<number>`(select count(distinct e.organization_id)::int from entitlements e
  where e.plan_version_id = plan_versions.id and e.replaced_at is null)`;

const facts = {
  id: planVersions.id,
  planCode: planVersions.planCode,
  version: planVersions.version,
  status: planVersions.status,
  name: planVersions.name,
  summary: planVersions.summary,
  graceDays: planVersions.graceDays,
  pauseKeeps: planVersions.pauseKeeps,
  trialDays: planVersions.trialDays,
  trialWithoutCard: planVersions.trialWithoutCard,
  reason: planVersions.reason,
  revision: planVersions.revision,
  createdBy: planVersions.createdBy,
  createdAt: planVersions.createdAt,
  publishedAt: planVersions.publishedAt,
  retiredAt: planVersions.retiredAt,
  subscribers,
  organizations: organizationsOn,
};

/** Every plan, the smallest first, a page at a time, with its version on sale and the one being written. */
export async function listPlansForStaff(tx: Tx, asked: { cursor?: string | undefined; limit: number }) {
  const { position, code } = plans;
  const place = keyset(asked, { by: position, id: code, type: "bigint", direction: "asc" });
  const rows = await tx
    .select({ id: code, code, productId: plans.productId, cursorAt: place.cursorAt })
    .from(plans)
    .where(place.condition)
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const { items: all, ...page } = place.page(rows);
  const codes = all.map((plan) => plan.code);
  const versions = await tx
    .select(facts)
    .from(planVersions)
    .where(inArray(planVersions.planCode, codes))
    .orderBy(desc(planVersions.version));
  const contents = await contentsOf(
    tx,
    versions.filter(({ status }) => status === "published"),
  );
  const items = all.map(({ id, code, productId }) => {
    const own = versions.filter(({ planCode }) => planCode === code);
    const live = own.find(({ status }) => status === "published") ?? null;
    return {
      ...{ id, code, productId },
      name: (live ?? own[0])?.name ?? { sv: code, en: code },
      live: live && { version: live.version, prices: contents.get(live.id)?.prices ?? [] },
      draft: own.find(({ status }) => status === "draft" || status === "publishing") ?? null,
      subscribers: own.reduce((sum, one) => sum + one.subscribers, 0),
      onOlder: own.reduce((sum, one) => sum + (one.status === "retired" ? one.subscribers : 0), 0),
      organizations: own.reduce((sum, one) => sum + one.organizations, 0),
    };
  });
  return { ...page, items };
}

const NOTHING: PlanContent = {
  ...{ name: { sv: "", en: "" }, summary: { sv: "", en: "" }, prices: [], holds: {} },
  graceDays: 0,
  pauseKeeps: false,
  ...{ trialDays: 0, trialWithoutCard: null },
};

/**
 * A plan with every version, who is on each, what each changed, and of the one being written what is wrong with it and
 * what it changes. Throws `plans.not_found`.
 */
export async function readPlan(tx: Tx, code: string) {
  const plan = await requirePlan(tx, code);
  const rows = await tx
    .select(facts)
    .from(planVersions)
    .where(eq(planVersions.planCode, code))
    .orderBy(desc(planVersions.version))
    .limit(VERSIONS);
  const versions = await withWho(tx, rows, ({ createdBy }) => createdBy);
  const contents = await contentsOf(tx, versions);
  const contentFor = (id: string | undefined) => (id === undefined ? null : (contents.get(id) ?? null));
  const live = versions.find(({ status }) => status === "published") ?? null;
  const draft = versions.find(({ status }) => status === "draft" || status === "publishing") ?? null;
  const written = contentFor(draft?.id);
  const known = await tx
    .select({ key: features.key, kind: features.kind, name: features.name, derived: features.derived })
    .from(features)
    .orderBy(asc(features.position));
  return {
    ...{ code, productId: plan.productId, features: known.filter(({ derived }) => !derived) },
    live: live && { ...live, content: contentFor(live.id) ?? NOTHING },
    draft: draft && { ...draft, content: written ?? NOTHING, refused: await lastRefusal(tx, draft.id) },
    /** The newest are listed, and the page says so. */
    onlyNewest: versions.length === VERSIONS ? VERSIONS : null,
    problems: written ? planProblems(written, await planFacts(tx, plan)) : [],
    changes: written ? planDiff(contentFor(live?.id), written) : [],
    versions: versions
      .filter(({ status }) => status === "published" || status === "retired")
      .map((version, index, all) => ({
        ...version,
        changes: planDiff(contentFor(all[index + 1]?.id), contentFor(version.id) ?? NOTHING),
      })),
    usualKeys: Object.fromEntries(
      (["SEK", "EUR", "USD"] as const).flatMap((currency) =>
        (["month", "year"] as const).map((interval) => [
          `${currency}:${interval}`,
          usualLookupKey(plan.productId, { currency, interval }),
        ]),
      ),
    ),
  };
}

/** The provider's word for why it did not take the version, if that was the last thing that happened to it. */
async function lastRefusal(tx: Tx, versionId: string): Promise<string | null> {
  const [last] = await tx
    .select({ event: planVersionTransitions.event, reason: planVersionTransitions.reason })
    .from(planVersionTransitions)
    .where(eq(planVersionTransitions.subjectId, versionId))
    .orderBy(desc(planVersionTransitions.id))
    .limit(1);
  return last?.event === "publish_refused" ? (last.reason ?? "rejected") : null;
}
