import { and, eq, inArray } from "drizzle-orm";
import { prices, products, variants } from "../../drizzle/schema/catalog.ts";
import { planVersions } from "../../drizzle/schema/plans.ts";
import { type CatalogMirror, mirrorOfProduct, mirrorPrice, syncCatalog } from "../catalog/index.ts";
import { planVersionMachine } from "../entitlements/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ProviderError } from "../kernel/errors.ts";
import { enqueue } from "../kernel/job.ts";
import { transition } from "../kernel/machine.ts";
import { recordPriceChange } from "../pricing/index.ts";
import { contentOf, liveVersion, type PlanVersion, requirePlan } from "./find-versions.ts";
import { archivePlanPricesJob } from "./jobs.ts";
import { type VersionPrices, versionPrices } from "./version-prices.ts";

type Ports = { readonly catalogMirror: CatalogMirror };

/**
 * Puts a version that staff ordered on sale: the provider gets its product and the prices that are new (a price is made,
 * never changed), then version, names and prices hold here in one transaction and the version before is retired; a job
 * of that transaction archives the prices that nobody can buy at any more. What the provider refuses is a
 * draft again, with its word for why. Idempotent. Worker only. Throws ProviderError while nobody knows; try again.
 */
export async function publishPlan(ctx: Ctx<Ports>, { versionId }: { versionId: string }): Promise<void> {
  const { catalogMirror } = ctx.providers;
  const found = await ctx.db.transaction((tx) => findOrdered(tx, versionId), { readOnly: true });
  if (!found) return;
  const { wanted } = found;
  const variantOf = (id: string | null) => wanted.variants.find((variant) => variant.id === id) ?? null;
  const all = [...wanted.kept, ...wanted.made];
  let put: Put;
  try {
    await catalogMirror.putProducts([mirrorOfProduct(wanted.product)]);
    put = await catalogMirror.putPrices(
      all.map((price) => mirrorPrice(price, wanted.product, variantOf(price.variantId))),
    );
  } catch (error) {
    if (!(error instanceof ProviderError) || error.reason !== "rejected") throw error;
    ctx.log.warn({ err: error, versionId }, "the provider refused a version of a plan");
    return ctx.db.transaction((tx) => giveBack(tx, versionId, error.code ?? "rejected"));
  }
  if (!(await ctx.db.transaction((tx) => putOnSale(tx, found, put)))) await leaveToOther(ctx, found, put);
}

/**
 * Another process has published the version at the same moment. One of the same code got the same prices, by their idempotency
 * keys. One of another release may have made its own: which price counts is then what the look-up key leads to, ours
 * follows it, and whatever nothing here is sold at is archived. Throws ProviderError; the next sync does the same.
 */
async function leaveToOther(ctx: Ctx<Ports>, { wanted }: Ordered, { ids }: Put): Promise<void> {
  await syncCatalog(ctx, { productId: wanted.product.id });
  await archivePlanPrices(ctx, { stripePriceIds: [...ids.values()] });
}

/**
 * Archives at the provider what a version that came on sale has replaced, as far as nothing here is sold at it: who pays
 * such a price goes on paying it. Idempotent. Worker only. Throws ProviderError; try again.
 */
export async function archivePlanPrices(
  ctx: Ctx<Ports>,
  { stripePriceIds }: { stripePriceIds: string[] },
): Promise<void> {
  const sold = await ctx.db.transaction(
    (tx) =>
      tx
        .select({ id: prices.stripePriceId })
        .from(prices)
        .where(and(inArray(prices.stripePriceId, stripePriceIds), prices.active)),
    { readOnly: true },
  );
  const used = new Set(sold.map(({ id }) => id));
  await ctx.providers.catalogMirror.archivePrices(stripePriceIds.filter((id) => !used.has(id)));
}

type Ordered = { readonly version: PlanVersion; readonly wanted: VersionPrices };

async function findOrdered(tx: Tx, versionId: string): Promise<Ordered | null> {
  const [version] = await tx.select().from(planVersions).where(eq(planVersions.id, versionId));
  if (version?.status !== "publishing") return null;
  const plan = await requirePlan(tx, version.planCode);
  const content = await contentOf(tx, version);
  return { version, wanted: await versionPrices(tx, plan, { id: version.id, content }) };
}

async function lockOrdered(tx: Tx, versionId: string): Promise<boolean> {
  const [row] = await tx.select().from(planVersions).where(eq(planVersions.id, versionId)).for("update");
  return row?.status === "publishing";
}

async function giveBack(tx: Tx, versionId: string, code: string): Promise<void> {
  if (!(await lockOrdered(tx, versionId))) return;
  await transition(tx, planVersionMachine, { id: versionId, event: "publish_refused", reason: code });
}

type Put = Awaited<ReturnType<CatalogMirror["putPrices"]>>;

/** Answers whether it was put on sale now; false: it is no longer to be. */
async function putOnSale(tx: Tx, { version, wanted }: Ordered, { ids, replaced }: Put): Promise<boolean> {
  const { product } = wanted;
  let done = false;
  await recordPriceChange(tx, [product.id], async () => {
    if (!(await lockOrdered(tx, version.id))) return;
    done = true;
    const before = await liveVersion(tx, version.planCode);
    if (before) {
      await tx.update(planVersions).set({ retiredAt: tx.scope.now }).where(eq(planVersions.id, before.id));
      await transition(tx, planVersionMachine, { id: before.id, event: "retired", cause: version.id });
    }
    const { name, summary } = product;
    await tx
      .update(products)
      .set({ name, summary, description: summary, active: true, stripeProductId: product.id })
      .where(eq(products.id, product.id));
    for (const variant of wanted.variants)
      await tx
        .insert(variants)
        .values(variant)
        .onConflictDoUpdate({ target: variants.id, set: { active: true } });
    const gone = wanted.gone.map(({ id }) => id);
    if (gone.length > 0)
      await tx
        .update(prices)
        .set({ active: false })
        .where(and(inArray(prices.id, gone), prices.active));
    // A plan that was retired meanwhile has taken them out of sale.
    const kept = wanted.kept.map(({ id }) => id);
    const { trialDays, trialWithoutCard } = version;
    if (kept.length > 0)
      await tx.update(prices).set({ active: true, trialDays, trialWithoutCard }).where(inArray(prices.id, kept));
    const made = wanted.made.map((price) => ({
      ...{ ...price, createdAt: tx.scope.now },
      stripePriceId: ids.get(price.id) ?? null,
    }));
    if (made.length > 0) await tx.insert(prices).values(made);
    await tx.update(planVersions).set({ publishedAt: tx.scope.now }).where(eq(planVersions.id, version.id));
    await transition(tx, planVersionMachine, { id: version.id, event: "published" });
    const used = new Set(ids.values());
    const old = new Set([...replaced, ...wanted.gone.flatMap(({ stripePriceId }) => stripePriceId ?? [])]);
    const stripePriceIds = [...old].filter((id) => !used.has(id));
    if (stripePriceIds.length > 0) await enqueue(tx, archivePlanPricesJob, { stripePriceIds });
  });
  return done;
}
