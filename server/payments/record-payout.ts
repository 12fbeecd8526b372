import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
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
  const taken = await Promise.all(told.map((facts) => takePayout(tx, facts, known.get(facts.externalId))));
  // Once all stand there: whether a later one has arrived is known of none before.
  await Promise.all(taken.map(({ news }) => news && follow(tx, news)));
  return taken.map(({ became }) => became);
}

type Taken = { readonly became: TakenPayout; readonly news?: News | null };

async function takePayout(tx: Tx, facts: PayoutFacts, ours: Row | undefined): Promise<Taken> {
  const currency = CURRENCIES.find((known) => known === facts.currency);
  if (!currency) return { became: "foreign" };
  if (!ours) return { became: "new", news: await write(tx, { ...facts, currency }) };
  const sum = ours.amount === facts.amount && ours.currency === currency;
  const rest = ours.failureCode === facts.failureCode && ours.arrivalAt.getTime() === facts.arrivalAt.getTime();
  if (ours.status === facts.status && sum && rest) return { became: "same" };
  const underWay = ours.status === "pending" || ours.status === "in_transit";
  const follows = sum && underWay && (ours.status === facts.status || isNextOf(ours.status, facts.status));
  if (!follows) return { became: "otherwise" };
  return { became: "followed", news: await write(tx, { ...facts, currency }, ours) };
}

type Row = typeof payouts.$inferSelect;
type Known = { readonly id: string; readonly status: PayoutStatus };
type Facts = PayoutFacts & { readonly currency: Currency };
/** A payout whose state is another than the one that we knew. `before`: undefined at the first look at it. */
type News = { readonly facts: Facts; readonly before: PayoutStatus | undefined };

/**
 * Writes a payout as the provider holds it, whatever stood there. One that fails raises `payments.payout_failed`, once; one that was
 * made after that and arrives, or is found to have arrived after all, takes it off the list again. One that had failed when it is seen
 * for the first time, and after which another has arrived, is history.
 */
export async function writePayout(tx: Tx, facts: Facts, known?: Known): Promise<void> {
  const news = await write(tx, facts, known);
  if (news) await follow(tx, news);
}

/** Answers what is to be told of it; null: nothing. */
async function write(tx: Tx, facts: Facts, known?: Known): Promise<News | null> {
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
    if (!made) return null;
    await begin(tx, payoutMachine, { id, to: status, cause: externalId });
  }
  return known?.status === status ? null : { facts, before: known?.status };
}

async function follow(tx: Tx, { facts, before }: News): Promise<void> {
  const { externalId: subject, status } = facts;
  if (status === "failed" && !(before === undefined && (await isSettled(tx, facts)))) await tell(tx, facts);
  if (before === "failed") await resolveAlert(tx, { kind: PAYOUT_FAILED_ALERT, subject });
  if (status === "paid") await settle(tx, facts);
}

/** Whether one that was made after it has arrived by now. */
async function isSettled(tx: Tx, { currency, createdAt }: Facts): Promise<boolean> {
  const later = and(eq(payouts.currency, currency), eq(payouts.status, "paid"), gt(payouts.createdAt, createdAt));
  const arrived = await tx.select({ id: payouts.id }).from(payouts).where(later).limit(1);
  return arrived.length > 0;
}

async function tell(tx: Tx, facts: Facts): Promise<void> {
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
