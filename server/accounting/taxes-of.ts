import { eq, sql, sum } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { orderLines } from "../../drizzle/schema/orders.ts";
import type { payments } from "../../drizzle/schema/payments.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { money, multiplyByRate, taxIncluded } from "../kernel/money.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import type { TaxByRate } from "./tax-share.ts";

type Payment = typeof payments.$inferSelect;

/** `certain`: the bill's own tax says at which rate it was reckoned, or its order does. */
export type PaidTaxes = { readonly taxes: TaxByRate; readonly certain: boolean };

/**
 * The tax inside what was paid, by rate: the order's lines, or for a renewal the invoice's tax at the rate that it was reckoned
 * at. Of a bill that was partly met by what was kept for the payer (or brought what they owed) the tax of what was paid: the rest was
 * paid, and its tax booked, with another bill. Empty for a payment that belongs to neither: nothing is known of its tax. `booked`: the
 * rates that the books have of it, the first to be thought of.
 */
export async function taxesOf(tx: Tx, payment: Payment, booked: readonly number[] = []): Promise<PaidTaxes> {
  if (payment.orderId) return { taxes: await ofOrder(tx, payment.orderId, payment), certain: true };
  const [invoice] = payment.invoiceId ? await ofInvoice(tx, { invoiceId: payment.invoiceId }) : [];
  if (!invoice) return { taxes: new Map(), certain: false };
  const { total, tax, bought, present } = invoice;
  const taxAt = (sum: number, rate: number) => taxIncluded(money(sum, payment.currency), rate).amount;
  const says = (rate: number) => taxAt(total, rate) === tax;
  // Since the purchase it may have become one of another rate, or the rate have changed: the bill's own tax says which it was.
  const said = [...booked, bought, present].find(says) ?? (await ratesOfShop(tx)).find(says);
  const rate = said ?? present;
  const taxes = new Map([[rate, payment.amount === total ? tax : taxAt(payment.amount, rate)]]);
  return { taxes, certain: said !== undefined };
}

/** Every rate that something is sold at, or was: a rate of the past is that of lines sold then. */
async function ratesOfShop(tx: Tx): Promise<number[]> {
  const rows = await tx.execute<{ rate: number }>(sql`
    select tax_rate_bps as rate from ${products} union select split_part(id, ':', 3)::int from ledger_accounts where kind = 'vat' order by 1`);
  return rows.map(({ rate }) => Number(rate));
}

const ofInvoice = writtenOnce(["invoiceId"], (tx, { invoiceId }) =>
  tx
    .select({
      ...{ tax: invoices.taxAmount, total: invoices.totalAmount },
      ...{ bought: orderLines.taxRateBps, present: products.taxRateBps },
    })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .innerJoin(products, eq(products.id, subscriptions.productId))
    .innerJoin(orderLines, eq(orderLines.orderId, subscriptions.orderId))
    .where(eq(invoices.id, invoiceId))
    .limit(1),
);

async function ofOrder(tx: Tx, orderId: string, { amount, currency }: Payment): Promise<TaxByRate> {
  const { taxRateBps, taxAmount, totalAmount } = orderLines;
  const rows = await tx
    .select({ rate: taxRateBps, tax: sum(taxAmount).mapWith(Number), total: sum(totalAmount).mapWith(Number) })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .groupBy(taxRateBps)
    .orderBy(taxRateBps);
  const whole = rows.reduce((all, { total }) => all + total, 0);
  const paid = (tax: number) =>
    whole <= 0 || whole === amount ? tax : multiplyByRate(money(tax, currency), amount, whole, "half_even").amount;
  return new Map(rows.map(({ rate, tax }) => [rate, paid(tax)]));
}
