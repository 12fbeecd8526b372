import { asc, eq, inArray, sql } from "drizzle-orm";
import { payouts } from "../../drizzle/schema/payouts.ts";
import { raiseAlertOnce, resolveAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin, converge } from "../kernel/machine.ts";
import { CURRENCIES, type Currency } from "../kernel/money.ts";
import type { PayoutFacts } from "./payout-gateway.ts";
import { isNextOf, type PayoutStatus, payoutMachine } from "./payout-status.ts";

/** A payout that never reached the bank, or was sent back by it. */
export const PAYOUT_FAILED_ALERT = "payments.payout_failed";
/** One that failed longer ago is history by the time that it is seen for the first time. */
const NEWS_MS = 30 * 86_400_000;

/** What was made of what the provider said of a payout: `otherwise` was not written, since our row says something else. */
export type TakenPayout = "new" | "same" | "followed" | "otherwise" | "foreign";

/**
 * Takes in what the provider told of payouts, a page of its list: one that is not known yet gets its row, and one that has come
 * further goes along. What our row says otherwise is only answered. A currency that the shop does not use is left alone. Answers
 * what became of each, in their order. Idempotent; locks the rows in the order of their ids.
 */
export async function takePayouts(tx: Tx, told: readonly PayoutFacts[]): Promise<TakenPayout[]> {
  const ids = told.map(({ externalId }) => externalId);
  const rows = await tx
    .select()
    .from(payouts)
    .where(inArray(payouts.externalId, ids))
    .orderBy(asc(payouts.id))
    .for("update");
  const known = new Map(rows.map((row) => [row.externalId, row]));
  // In one packet: a year of them is news at the first look.
  return Promise.all(told.map((facts) => takePayout(tx, facts, known.get(facts.externalId))));
}

async function takePayout(tx: Tx, facts: PayoutFacts, ours: Row | undefined): Promise<TakenPayout> {
  const currency = CURRENCIES.find((known) => known === facts.currency);
  if (!currency) return "foreign";
  if (!ours) {
    await writePayout(tx, { ...facts, currency });
    return "new";
  }
  const sum = ours.amount === facts.amount && ours.currency === currency;
  const rest = ours.failureCode === facts.failureCode && ours.arrivalAt.getTime() === facts.arrivalAt.getTime();
  if (ours.status === facts.status && sum && rest) return "same";
  const underWay = ours.status === "pending" || ours.status === "in_transit";
  const follows = sum && underWay && (ours.status === facts.status || isNextOf(ours.status, facts.status));
  if (!follows) return "otherwise";
  await writePayout(tx, { ...facts, currency }, ours);
  return "followed";
}

type Row = typeof payouts.$inferSelect;
type Known = { readonly id: string; readonly status: PayoutStatus };

/**
 * Writes a payout as the provider holds it, whatever stood there. One that fails raises `payments.payout_failed`, once; one that was
 * made after that and arrives, or is found to have arrived after all, takes it off the list again.
 */
export async function writePayout(
  tx: Tx,
  facts: PayoutFacts & { readonly currency: Currency },
  known?: Known,
): Promise<void> {
  const { externalId, status, ...row } = facts;
  const id = known?.id ?? newId("pout");
  if (known) {
    await converge(tx, payoutMachine, { id, to: status, held: known.status, cause: externalId });
    await tx.update(payouts).set(row).where(eq(payouts.id, id));
  } else {
    const [made] = await tx
      .insert(payouts)
      .values({ id, externalId, status, ...row })
      .onConflictDoNothing({ target: payouts.externalId })
      .returning({ id: payouts.id });
    // Somebody else has just taken it in.
    if (!made) return;
    await begin(tx, payoutMachine, { id, to: status, cause: externalId });
  }
  if (known?.status === status) return;
  if (status === "failed") await tell(tx, facts);
  else if (known?.status === "failed") await resolveAlert(tx, { kind: PAYOUT_FAILED_ALERT, subject: externalId });
  if (status === "paid") await settle(tx, facts);
}

async function tell(tx: Tx, facts: PayoutFacts & { readonly currency: Currency }): Promise<void> {
  if (tx.scope.now.getTime() - facts.createdAt.getTime() > NEWS_MS) return;
  const { externalId: subject, amount, currency } = facts;
  const why = [facts.failureCode ?? "no reason was given", facts.failureMessage?.replace(/\.$/, "")]
    .filter(Boolean)
    .join(": ");
  const detail = `The payout ${subject} did not reach the bank (${why.slice(0, 300)}). Its money is with the provider.`;
  await raiseAlertOnce(tx, { kind: PAYOUT_FAILED_ALERT, subject, detail, money: { amount, currency } });
}

/** A later one has arrived: the bank takes them again, and what came back has gone out with it or will. */
async function settle(tx: Tx, { currency, createdAt }: PayoutFacts): Promise<void> {
  await tx.execute(sql`
    update alerts set resolved_at = ${tx.scope.now.toISOString()}
      where kind = ${PAYOUT_FAILED_ALERT} and resolved_at is null and currency = ${currency} and raised_at < ${createdAt.toISOString()}`);
}
