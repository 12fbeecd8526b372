import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { pricePeriods, prices, productMedia, products, variants } from "../schema/catalog.ts";
import { customers, users } from "../schema/identity.ts";
import { stockLocations, stockMovements } from "../schema/inventory.ts";
import { planEntitlements, plans, planVersionPrices, planVersions } from "../schema/plans.ts";
import { retentionOffers } from "../schema/retention-offers.ts";
import { CLOTHES } from "./clothes.ts";
import { CREDIT_PACKS } from "./credit-packs.ts";
import { EQUIPMENT } from "./equipment.ts";
import { LOCATIONS } from "./locations.ts";
import { MEMBERSHIPS } from "./memberships.ts";
import { DEMO_PASSWORD, peopleRows } from "./people.ts";
import { PLAN_ITEMS, planRows } from "./plans.ts";
import { retentionOfferRows } from "./retention-offers.ts";
import { shopRows } from "./shop-rows.ts";

export type DemoSeed = {
  /** The database as the service role. */
  readonly serviceUrl: string;
  /** How passwords are hashed (`server/identity`). Given in the sandbox only: without it there are no demo people. */
  readonly hashPassword?: ((password: string) => Promise<string>) | undefined;
};

/**
 * Puts the demo shop into the database: a gym's memberships and merchandise with sixty days of prices and goods at two
 * places, plans for organizations, and two people who can sign in. Only what is missing is added, so it can run at every
 * start; what an operator has changed stays.
 */
export async function seedDemo(seed: DemoSeed): Promise<void> {
  const client = postgres(seed.serviceUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "kraftverk-seed" },
  });
  try {
    const database = drizzle(client, { casing: "snake_case" });
    await database.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(7412)`);
      const now = await businessNow(tx);
      const rows = shopRows([...MEMBERSHIPS, ...CLOTHES, ...EQUIPMENT, ...CREDIT_PACKS, ...PLAN_ITEMS], now);
      const added = await tx
        .insert(products)
        .values(rows.products)
        .onConflictDoNothing()
        .returning({ id: products.id });
      // A product that was there already keeps its forms and prices as they are now.
      const isNew = (row: { productId: string }) => added.some(({ id }) => id === row.productId);
      if (added.length > 0) {
        await tx.insert(variants).values(rows.variants.filter(isNew));
        await tx.insert(productMedia).values(rows.media.filter(isNew));
        await tx.insert(prices).values(rows.prices.filter(isNew));
        await tx.insert(pricePeriods).values(rows.periods.filter(isNew));
        const forms = new Set(rows.variants.filter(isNew).map(({ id }) => id));
        await tx
          .insert(stockLocations)
          .values([...LOCATIONS])
          .onConflictDoNothing();
        await tx.insert(stockMovements).values(rows.movements.filter(({ variantId }) => forms.has(variantId)));
      }
      await addPlans(tx, now);
      await tx.insert(retentionOffers).values(retentionOfferRows(now)).onConflictDoNothing();
      await addPeople(tx, seed.hashPassword, now);
    });
  } finally {
    await client.end({ timeout: 5 });
  }
}

type Tx = Parameters<Parameters<ReturnType<typeof drizzle>["transaction"]>[0]>[0];

async function businessNow(tx: Tx): Promise<Date> {
  const [clock] = await tx.execute<{ now: string }>(sql`select app_now() as now`);
  if (!clock) throw new Error("The database has no clock: migrate it first.");
  return new Date(clock.now);
}

/**
 * Plans that are missing, each with its first version; one that is there keeps what staff have made of it. Organizations
 * that were there before any plan begin on the pilot.
 */
async function addPlans(tx: Tx, now: Date): Promise<void> {
  const rows = planRows(now);
  const added = await tx.insert(plans).values(rows.plans).onConflictDoNothing().returning({ code: plans.code });
  const versions = rows.versions.filter(({ planCode }) => added.some(({ code }) => code === planCode));
  if (versions.length === 0) return;
  const isNew = (row: { planVersionId: string }) => versions.some(({ id }) => id === row.planVersionId);
  // What is published is never written again, so that its rows come before.
  await tx.insert(planVersions).values(versions.map((version) => ({ ...version, status: "draft" as const })));
  await tx.insert(planVersionPrices).values(rows.prices.filter(isNew));
  await tx.insert(planEntitlements).values(rows.entitlements.filter(isNew));
  for (const { id, status } of versions) await tx.update(planVersions).set({ status }).where(eq(planVersions.id, id));
  await tx.execute(sql`select pf_apply_plan_entitlements(o.id, 'pilot') from organizations o
    where not exists (select 1 from entitlements e where e.organization_id = o.id and e.source = 'plan' and e.replaced_at is null)`);
}

async function addPeople(tx: Tx, hashPassword: DemoSeed["hashPassword"], now: Date): Promise<void> {
  if (!hashPassword) return;
  const rows = peopleRows("", now);
  const there = await tx.execute(
    sql`select 1 from users where id in (${sql.join(
      rows.users.map(({ id }) => sql`${id}`),
      sql`, `,
    )})`,
  );
  if (there.length === rows.users.length) return;
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await tx.insert(users).values(peopleRows(passwordHash, now).users).onConflictDoNothing();
  await tx.insert(customers).values(rows.customers).onConflictDoNothing();
}
