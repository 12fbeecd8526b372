import { and, desc, eq, gte, inArray, isNotNull, or, sql } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { creditSettings } from "../../drizzle/schema/credit-settings.ts";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import type { ChargedSoFar } from "./top-up-rules.ts";

export type CreditSettings = typeof creditSettings.$inferSelect;

/** What a customer wants done when credits run low; null where nothing was ever said. `lock` holds it until the end. */
export async function findCreditSettings(
  tx: Tx,
  customerId: string,
  options: { lock?: boolean } = {},
): Promise<CreditSettings | null> {
  const query = tx.select().from(creditSettings).where(eq(creditSettings.customerId, customerId));
  const [row] = await (options.lock ? query.for("update") : query);
  return row ?? null;
}

/** What the last purchase granted; null before the first. */
export async function lastPurchase(tx: Tx, customerId: string): Promise<number | null> {
  const [row] = await tx
    .select({ credits: creditGrants.credits })
    .from(creditGrants)
    .where(and(eq(creditGrants.customerId, customerId), eq(creditGrants.source, "purchase")))
    .orderBy(desc(creditGrants.createdAt), desc(creditGrants.id))
    .limit(1);
  return row?.credits ?? null;
}

type Period = "day" | "month";

/** When the present day or month of the shop began. */
const began = (at: Date, unit: Period) =>
  sql`date_trunc(${sql.raw(`'${unit}'`)}, ${at.toISOString()}::timestamptz at time zone 'Europe/Stockholm') at time zone 'Europe/Stockholm'`;

/** When the next one begins. */
export const nextPeriod = (at: Date, unit: Period) =>
  sql<Date>`(date_trunc(${sql.raw(`'${unit}'`)}, ${at.toISOString()}::timestamptz at time zone 'Europe/Stockholm') + ${sql.raw(`interval '1 ${unit}'`)}) at time zone 'Europe/Stockholm'`;

/** What top-ups of a customer have charged, or may have, in the shop's day and month; and whether one is under way. */
export async function chargedByItself(
  tx: Tx,
  customerId: string,
): Promise<{ readonly charged: ChargedSoFar; readonly underWay: boolean }> {
  const at = tx.scope.now;
  const rows = await tx
    .select({
      amount: checkouts.totalAmount,
      status: checkouts.status,
      failureCode: checkouts.failureCode,
      today: sql<boolean>`${checkouts.createdAt} >= ${began(at, "day")}`,
    })
    .from(checkouts)
    .where(
      and(
        eq(checkouts.customerId, customerId),
        isNotNull(checkouts.topUpCard),
        or(
          inArray(checkouts.status, ["created", "unknown"]),
          and(eq(checkouts.status, "completed"), gte(checkouts.createdAt, began(at, "month"))),
        ),
      ),
    );
  const sum = (some: typeof rows) => some.reduce((total, { amount }) => total + amount, 0);
  return {
    charged: { today: sum(rows.filter(({ today }) => today)), thisMonth: sum(rows) },
    // A mismatch is for staff: it counts against the caps, and does not stand in the way of what its owner has asked for anew.
    underWay: rows.some(({ status, failureCode }) => status !== "completed" && failureCode !== "mismatch"),
  };
}
