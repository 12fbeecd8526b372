import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { credit, creditMoneyAccount, debit, type Entry, post, salesAccount } from "../ledger/index.ts";
import { lockAccount } from "./credit-account.ts";
import { moneyOfCredits } from "./credit-money.ts";
import { among, decideEach } from "./due-alone.ts";

const BATCH = 200;
const { used, expired, reclaimed, bookedCredits, moneyAmount, settled } = creditGrants;

/**
 * Brings the money of bought credits to where the credits went: what was owed as service becomes sales as they are used,
 * breakage as they run out, and goes back to sales where they were taken back (there it meets the refund). Posts the
 * difference between what is booked and what is so: it can be late, and be repeated; one that fails stands in nobody's
 * way. Bounded. Returns how many grants were due.
 */
export function bookGrants(ctx: Ctx): Promise<number> {
  const { id, customerId } = creditGrants;
  const moved = sql`${used} + ${expired} + ${reclaimed} <> ${bookedCredits}`;
  return decideEach(ctx, {
    part: "money",
    find: (tx, which) =>
      tx
        .select({ id, customerId })
        .from(creditGrants)
        .where(and(isNotNull(moneyAmount), sql`not ${settled}`, moved, among(id, which)))
        .orderBy(asc(id))
        .limit(BATCH),
    decide: (grant) => ctx.db.transaction((tx) => bookGrant(tx, grant)),
  });
}

async function bookGrant(tx: Tx, { id, customerId }: { id: string; customerId: string }): Promise<void> {
  await lockAccount(tx, customerId);
  const [grant] = await tx.select().from(creditGrants).where(eq(creditGrants.id, id));
  if (!grant || grant.moneyAmount === null || grant.moneyCurrency === null) return;
  const gone = grant.used + grant.expired + grant.reclaimed;
  if (gone === grant.bookedCredits) return;
  const money = moneyOfCredits(grant.moneyAmount, grant);
  const revenue = money.revenue + money.reclaimed - grant.bookedRevenue - grant.bookedReclaimed;
  const breakage = money.breakage - grant.bookedBreakage;
  const { moneyCurrency } = grant;
  const lines: Entry[] = [
    debit(creditMoneyAccount("deferred", moneyCurrency), revenue + breakage),
    credit(salesAccount(moneyCurrency), revenue),
    credit(creditMoneyAccount("breakage", moneyCurrency), breakage),
  ];
  const entries = lines.filter(({ amount }) => amount !== 0);
  if (entries.length > 0)
    await post(tx, { key: `credits:booked:${newId("bkg")}`, kind: "credits.booked", source: id, entries });
  await tx
    .update(creditGrants)
    .set({
      ...{ bookedRevenue: money.revenue, bookedBreakage: money.breakage, bookedReclaimed: money.reclaimed },
      ...{ bookedCredits: gone, settled: gone === grant.credits },
    })
    .where(eq(creditGrants.id, id));
}
