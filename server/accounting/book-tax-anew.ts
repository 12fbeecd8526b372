import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { ledgerEntries, ledgerPostings } from "../../drizzle/schema/ledger.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { type Entry, post, salesAccount, vatAccount } from "../ledger/index.ts";
import { MONEY_CAME } from "./book-payment.ts";
import { taxOfPart } from "./tax-share.ts";
import { taxesOf } from "./taxes-of.ts";

type Payment = typeof payments.$inferSelect;
type Books = Pick<Ctx, "db">;

/** A payment of which the books hold another tax than is in it. Minor units by rate (basis points), tax owed counted up. */
export type TaxDifference = {
  readonly paymentId: string;
  readonly externalId: string;
  readonly currency: Currency;
  readonly booked: ReadonlyMap<number, number>;
  readonly right: ReadonlyMap<number, number>;
  /** The rate cannot be told from the bill, or the books hold another sum of it: that is for a person. */
  readonly certain: boolean;
};

const PAGE = 200;

/**
 * One page of payments, in the order of their ids, and which of them have another tax in the books than is in them (and in what of them
 * was not paid back): those that were booked by a rule that was wrong. Only reads. `next`: where the following page begins; null: nowhere.
 */
export async function taxDifferences(
  ctx: Books,
  { after = "" }: { readonly after?: string } = {},
): Promise<{ looked: number; found: TaxDifference[]; next: string | null }> {
  const read = async (tx: Tx) => {
    const page = await tx
      .select()
      .from(payments)
      .where(and(gt(payments.id, after), inArray(payments.status, [...MONEY_CAME])))
      .orderBy(asc(payments.id))
      .limit(PAGE);
    const books = await booksOf(tx, page);
    const found: TaxDifference[] = [];
    for (const payment of page) {
      const difference = await differenceOf(tx, payment, books.get(payment.id));
      if (difference) found.push(difference);
    }
    const last = page.at(-1);
    return { looked: page.length, found, next: last && page.length === PAGE ? last.id : null };
  };
  return ctx.db.transaction(read, { readOnly: true });
}

/**
 * Books the tax of one payment anew: what the books hold too much at one rate or too little at another goes between tax and sales, by a
 * posting of its own beside those that stand. Idempotent: with the payment locked, and nothing where the books are right, where the rate
 * cannot be told, or where the payment is just being booked. Answers whether it posted.
 */
export async function bookTaxAnew(ctx: Books, { paymentId }: { readonly paymentId: string }): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for("update");
    if (!payment) return false;
    const books = (await booksOf(tx, [payment])).get(paymentId);
    const difference = await differenceOf(tx, payment, books);
    if (!books || !difference?.certain) return false;
    const { currency } = payment;
    const rates = [...new Set([...difference.booked.keys(), ...difference.right.keys()])].sort((a, b) => a - b);
    const tax = rates.map((rate) => ({
      rate,
      more: (difference.right.get(rate) ?? 0) - (difference.booked.get(rate) ?? 0),
    }));
    const lines: Entry[] = [
      { account: salesAccount(currency), amount: tax.reduce((sum, { more }) => sum + more, 0) },
      ...tax.map(({ rate, more }) => ({ account: vatAccount(currency, rate), amount: -more })),
    ];
    await post(tx, {
      key: `payment:${paymentId}:tax:${books.times}`,
      kind: "payment.tax_corrected",
      source: paymentId,
      entries: lines.filter(({ amount }) => amount !== 0),
      reason: "the tax that its bill names",
    });
    return true;
  });
}

/** What the ledger holds of a payment: at its provider, and as tax by rate; and in how many postings. */
type HeldOf = { readonly times: number; readonly money: number; readonly tax: ReadonlyMap<number, number> };

async function booksOf(tx: Tx, of: readonly Payment[]): Promise<Map<string, HeldOf>> {
  if (of.length === 0) return new Map();
  const { source, phase, id } = ledgerPostings;
  const rows = await tx
    .select({
      source,
      account: ledgerEntries.accountId,
      sum: sql<string>`sum(${ledgerEntries.amount})`.mapWith(Number),
      postings: sql<string[]>`array_agg(distinct ${id})`,
    })
    .from(ledgerPostings)
    .innerJoin(ledgerEntries, eq(ledgerEntries.postingId, id))
    .where(
      and(
        inArray(
          source,
          of.map((one) => one.id),
        ),
        eq(phase, "posted"),
      ),
    )
    .groupBy(source, ledgerEntries.accountId);
  const books = new Map<string, { postings: Set<string>; money: number; tax: Map<number, number> }>();
  for (const { source: paymentId, account, sum, postings } of rows) {
    const held = books.get(paymentId) ?? { postings: new Set<string>(), money: 0, tax: new Map<number, number>() };
    const [kind, , rate] = account.split(":");
    if (kind === "provider") held.money += sum;
    if (kind === "vat") held.tax.set(Number(rate), -sum);
    for (const one of postings) held.postings.add(one);
    books.set(paymentId, held);
  }
  return new Map([...books].map(([key, { postings, ...held }]) => [key, { ...held, times: postings.size }]));
}

/** Null where the books are right, or hold nothing of it. */
async function differenceOf(tx: Tx, payment: Payment, books: HeldOf | undefined): Promise<TaxDifference | null> {
  const { id, externalId, currency, amount, bookedAmount } = payment;
  if (!books || amount <= 0 || bookedAmount < 0 || bookedAmount > amount) return null;
  const booked = new Map([...books.tax].filter(([, sum]) => sum !== 0));
  const { taxes, certain } = await taxesOf(tx, payment, [...booked.keys()]);
  const right = new Map([...taxOfPart(taxes, bookedAmount, amount, currency)].filter(([, sum]) => sum !== 0));
  const same = booked.size === right.size && [...right].every(([rate, sum]) => booked.get(rate) === sum);
  if (same) return null;
  return { paymentId: id, externalId, currency, booked, right, certain: certain && books.money === bookedAmount };
}
