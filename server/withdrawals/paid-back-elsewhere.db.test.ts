import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import type { TestPurchase } from "../../scripts/test/test-purchases.ts";
import { testWithdrawals } from "../../scripts/test/withdrawals.ts";

const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { refused, finance, order, withdraw, outcome } = testWithdrawals(shop);

const paymentOf = async ({ checkoutId }: TestPurchase) => {
  const [paid] = await sql`select p.external_id as id from payments p join orders o on o.id = p.order_id
    where o.checkout_id = ${checkoutId}`;
  return String(paid?.id);
};
const told = new Set<string>();
/** What the provider has said since, in its order. */
async function hear(): Promise<void> {
  for (const event of (await stripe.events.list({ limit: 100 })).data.toReversed()) {
    if (!told.has(event.id)) await shop.receive(event);
    told.add(event.id);
  }
  await shop.work();
}
async function dispute(purchase: TestPurchase): Promise<void> {
  const { data } = await stripe.charges.list({ payment_intent: await paymentOf(purchase) });
  await shop.sandbox.control(`charges/${data[0]?.id}/dispute`, { body: { kind: "product_not_received" } });
  await hear();
}

describe("a membership that was taken back", () => {
  it("whose dispute is lost is closed by staff, who pay nothing back: the bank has", async () => {
    const purchase = await order("test-kund");
    await dispute(purchase);
    const { id } = await withdraw(purchase);
    await shop.work();
    const { withdrawals } = await finance();
    await shop.advance("P20D");
    await hear();
    expect(await withdrawals.preview({ id })).toMatchObject({ standing: "disputed", whole: 0 });
    // Approved before it is known how it ends: a person looks again.
    await withdrawals.approve({ id, reason: "it was won, I think" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "refund_failed" } });
    const reason = "the dispute was lost";
    const answers = await Promise.allSettled([1, 2].map(() => withdrawals.closeDisputed({ id, reason })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" }, refunds: [], atStripe: [] });
    const acts = await sql`select action from audit_entries where subject = ${id} order by at, id`;
    expect(acts.map(({ action }) => action)).toEqual(["withdrawals.approve", "withdrawals.close_disputed"]);
    // Won, or never disputed: it is paid back from here.
    const other = await order("test-kund");
    await dispute(other);
    const second = await withdraw(other);
    await shop.work();
    const { data } = await stripe.disputes.list({ payment_intent: await paymentOf(other) });
    await stripe.disputes.update(data[0]?.id ?? "", { evidence: { uncategorized_text: "winning_evidence" } });
    await shop.advance("P20D");
    await hear();
    await expect(withdrawals.closeDisputed({ id: second.id, reason })).rejects.toEqual(
      refused("withdrawals.not_disputed"),
    );
    await withdrawals.approve({ id: second.id, reason: "the dispute was won" });
    await shop.work();
    expect(await outcome(other)).toMatchObject({ withdrawal: { status: "refunded" }, payment: "refunded" });
  });

  it("whose money went back in another way is done once a person has looked", async () => {
    const purchase = await order("test-kund");
    await stripe.refunds.create({ payment_intent: await paymentOf(purchase) });
    await hear();
    const { id } = await withdraw(purchase);
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "needs_review", why: "refund_failed" } });
    const { withdrawals } = await finance();
    expect(await withdrawals.preview({ id })).toMatchObject({ standing: "paid", whole: 0 });
    await withdrawals.approve({ id, reason: "it was paid back at Stripe" });
    await shop.work();
    expect(await outcome(purchase)).toMatchObject({ withdrawal: { status: "refunded" }, payment: "refunded" });
    expect((await outcome(purchase)).atStripe).toHaveLength(1);
  });
});
