import { count, eq } from "drizzle-orm";
import { ledgerPostings } from "../../drizzle/schema/ledger.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { invariant } from "../kernel/invariant.ts";
import { send } from "../kernel/send.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { type Entry, post, providerAccount, salesAccount, vatAccount } from "../ledger/index.ts";
import { type TaxByRate, taxOfPart } from "./tax-share.ts";
import { taxesOf } from "./taxes-of.ts";

type Payment = typeof payments.$inferSelect;

/** The money is there, or was. */
export const MONEY_CAME = ["paid", "partially_refunded", "refunded", "disputed"] as const;

/**
 * Brings what the ledger holds of a payment to what was paid less what was paid back: the provider's account against
 * sales and tax, rate by rate. Idempotent: it posts the difference, with the payment locked. Enqueues nothing. Worker only.
 */
export async function bookPayment(ctx: Ctx, { paymentId }: { paymentId: string }): Promise<void> {
  const together = { of: "book-payment", about: [paymentId] };
  const book = async (tx: Tx) => {
    const [payment] = await paymentHeld(tx, { paymentId });
    invariant(payment, "a payment is never removed");
    if (!MONEY_CAME.some((status) => status === payment.status)) return;
    const wanted = payment.amount - payment.refundedAmount;
    if (wanted === payment.bookedAmount) return;
    const [[booked], { taxes }] = await Promise.all([postedFor(tx, { paymentId }), taxesOf(tx, payment)]);
    const times = booked?.times ?? 0;
    // Paid, and paid back before anybody looked: two facts, two postings.
    const steps = times === 0 ? [payment.amount, wanted] : [wanted];
    let from = payment.bookedAmount;
    for (const [i, to] of steps.entries()) {
      await bookStep(tx, payment, taxes, { from, to, time: times + i + 1 });
      from = to;
    }
    send(tx, tx.update(payments).set({ bookedAmount: wanted }).where(eq(payments.id, paymentId)));
  };
  await ctx.db.transaction(book, { together });
}

const paymentHeld = writtenOnce(["paymentId"], (tx, { paymentId }) =>
  tx.select().from(payments).where(eq(payments.id, paymentId)).for("update"),
);
const postedFor = writtenOnce(["paymentId"], (tx, { paymentId }) =>
  tx.select({ times: count() }).from(ledgerPostings).where(eq(ledgerPostings.source, paymentId)),
);

/** One posting: what is held of the payment goes from one sum to another. */
async function bookStep(
  tx: Tx,
  payment: Payment,
  taxes: TaxByRate,
  { from, to, time }: { from: number; to: number; time: number },
): Promise<void> {
  if (from === to) return;
  const { id, amount, currency, provider } = payment;
  const held = (part: number) => taxOfPart(taxes, part, amount, currency);
  const [before, after] = [held(from), held(to)];
  const tax = [...taxes.keys()].map((rate) => ({ rate, change: (after.get(rate) ?? 0) - (before.get(rate) ?? 0) }));
  const net = tax.reduce((rest, { change }) => rest - change, to - from);
  const lines: Entry[] = [
    { account: providerAccount(provider, currency), amount: to - from },
    { account: salesAccount(currency), amount: -net },
    ...tax.map(({ rate, change }) => ({ account: vatAccount(currency, rate), amount: -change })),
  ];
  await post(tx, {
    key: `payment:${id}:${time}`,
    kind: time === 1 ? "payment.captured" : to < from ? "payment.refunded" : "payment.refund_failed",
    source: id,
    entries: lines.filter((line) => line.amount !== 0),
  });
}
