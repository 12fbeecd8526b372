import { and, asc, desc, eq, gt, isNull, not, sql } from "drizzle-orm";
import { creditAdjustments, creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { withWho } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { sumsOfKinds } from "../ledger/index.ts";
import type { AdjustmentState } from "./adjustment-state.ts";
import type { grantListInput } from "./input.ts";
import { readBalance } from "./queries.ts";

const SHOWN = 50;

/**
 * What is owed in credits, bought and given, what customers owe, what was earned by use and by running out, and what waits
 * for a decision. Every figure is the sum of the ledger's accounts of one kind, so that it can be followed to its entries.
 */
export async function creditsOverview(tx: Tx) {
  const sums = await sumsOfKinds(tx);
  const credits = (kind: string) => sums.find((sum) => sum.kind === kind && sum.currency === "CREDIT")?.amount ?? 0;
  const money = (kind: string) => sums.filter((sum) => sum.kind === kind && sum.currency !== "CREDIT");
  const reclaims = await tx
    .select({ reclaim: creditReclaims, email: customers.email, decidedCredits: decidedBefore })
    .from(creditReclaims)
    .innerJoin(customers, eq(customers.id, creditReclaims.customerId))
    .where(and(isNull(creditReclaims.decision), isNull(creditReclaims.undoneAt), gt(creditReclaims.spentCredits, 0)))
    .orderBy(asc(creditReclaims.createdAt))
    .limit(SHOWN);
  const adjustments = await tx
    .select({ adjustment: creditAdjustments, email: customers.email })
    .from(creditAdjustments)
    .innerJoin(customers, eq(customers.id, creditAdjustments.customerId))
    .where(isNull(creditAdjustments.decision))
    .orderBy(asc(creditAdjustments.requestedAt))
    .limit(SHOWN);
  return {
    ...{ paid: credits("liability_paid"), given: credits("liability_promo"), debt: credits("receivable") },
    ...{ used: credits("revenue"), expired: credits("breakage") },
    ...{ owedMoney: money("deferred"), earnedMoney: money("breakage") },
    reclaims: reclaims.map(({ reclaim, ...more }) => ({ ...reclaim, ...more })),
    adjustments: adjustments.map(({ adjustment, email }) => ({ ...adjustment, email })),
  };
}

/** How many used credits of the same purchase staff have decided about already. */
const decidedBefore = sql<number>`(select coalesce(sum(other.spent_credits), 0)::bigint from credit_reclaims other
  where other.source_id = ${creditReclaims.sourceId} and other.decision is not null and other.undone_at is null)`.mapWith(
  Number,
);

const LATEST = 20;

/** How one customer stands, and what staff did about it: the latest adjustments with what became of each. */
export async function creditsOfCustomer(tx: Tx, { customerId }: { customerId: string }) {
  const [customer] = await tx.select({ email: customers.email }).from(customers).where(eq(customers.id, customerId));
  const adjustments = await adjustmentsOf(tx, customerId);
  return { email: customer?.email ?? "", balance: await readBalance(tx, { customerId }), adjustments };
}

async function adjustmentsOf(tx: Tx, customerId: string) {
  const { requestedAt, id } = creditAdjustments;
  const rows = await tx
    .select()
    .from(creditAdjustments)
    .where(eq(creditAdjustments.customerId, customerId))
    .orderBy(desc(requestedAt), desc(id))
    .limit(LATEST);
  const shown = rows.map(({ decision, outcome, requestedBy, kind, credits, reason, ...row }) => {
    const decided = decision === "refused" ? "refused" : (outcome ?? "under_way");
    const state: AdjustmentState = decision === null ? "waits" : decided;
    return { id: row.id, kind, credits, reason, at: row.requestedAt, by: `staff:${requestedBy}`, state };
  });
  return withWho(tx, shown, ({ by }) => by);
}

/** A customer's grants, each with where its credits went, the newest first unless asked otherwise. */
export async function listGrants(tx: Tx, input: Asked<typeof grantListInput> & { readonly customerId: string }) {
  const place = keyset(input, {
    by: creditGrants.createdAt,
    id: creditGrants.id,
    type: "timestamptz",
    direction: input.direction ?? "desc",
  });
  const left = gt(creditGrants.remaining, 0);
  const wanted = and(
    eq(creditGrants.customerId, input.customerId),
    input.source && eq(creditGrants.source, input.source),
    input.state && (input.state === "left" ? left : not(left)),
  );
  const { id, source, sourceId, costBasis, credits, used, held, expired, reclaimed, remaining } = creditGrants;
  const rows = await tx
    .select({
      ...{ id, source, sourceId, costBasis, credits, used, held, expired, reclaimed, remaining },
      ...{ expiresAt: creditGrants.expiresAt, createdAt: creditGrants.createdAt, cursorAt: place.cursorAt },
    })
    .from(creditGrants)
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${creditGrants} where ${wanted}`) : null;
  return { ...place.page(rows), total };
}
