import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { creditAccounts, creditAdjustments, creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { keyset } from "../kernel/page.ts";
import { readBalance } from "./queries.ts";

const SHOWN = 50;

/** What is owed in credits, bought and given, what customers owe, and what waits for a decision. */
export async function creditsOverview(tx: Tx) {
  const [owed] = await tx
    .select({
      paid: sql<string>`coalesce(sum(remaining + held) filter (where cost_basis = 'paid'), 0)`.mapWith(Number),
      given: sql<string>`coalesce(sum(remaining + held) filter (where cost_basis = 'free'), 0)`.mapWith(Number),
    })
    .from(creditGrants)
    .where(eq(creditGrants.open, true));
  const [ended] = await tx
    .select({
      used: sql<string>`coalesce(sum(used), 0)`.mapWith(Number),
      expired: sql<string>`coalesce(sum(expired), 0)`.mapWith(Number),
    })
    .from(creditGrants);
  const [debt] = await tx
    .select({ credits: sql<string>`coalesce(sum(debt), 0)`.mapWith(Number) })
    .from(creditAccounts)
    .where(gt(creditAccounts.debt, 0));
  const reclaims = await tx
    .select({ reclaim: creditReclaims, email: customers.email })
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
    ...{ paid: owed?.paid ?? 0, given: owed?.given ?? 0, debt: debt?.credits ?? 0 },
    ...{ used: ended?.used ?? 0, expired: ended?.expired ?? 0 },
    reclaims: reclaims.map(({ reclaim, email }) => ({ ...reclaim, email })),
    adjustments: adjustments.map(({ adjustment, email }) => ({ ...adjustment, email })),
  };
}

/** How one customer stands, and every grant with where its credits went, the newest first. */
export async function creditsOfCustomer(
  tx: Tx,
  { customerId, ...input }: { customerId: string; cursor?: string | undefined; limit: number },
) {
  const [customer] = await tx.select({ email: customers.email }).from(customers).where(eq(customers.id, customerId));
  const place = keyset(input, {
    by: creditGrants.createdAt,
    id: creditGrants.id,
    type: "timestamptz",
    direction: "desc",
  });
  const { id, source, sourceId, costBasis, credits, used, held, expired, reclaimed, remaining } = creditGrants;
  const rows = await tx
    .select({
      ...{ id, source, sourceId, costBasis, credits, used, held, expired, reclaimed, remaining },
      ...{ expiresAt: creditGrants.expiresAt, createdAt: creditGrants.createdAt, cursorAt: place.cursorAt },
    })
    .from(creditGrants)
    .where(and(eq(creditGrants.customerId, customerId), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  return { email: customer?.email ?? "", balance: await readBalance(tx, { customerId }), grants: place.page(rows) };
}
