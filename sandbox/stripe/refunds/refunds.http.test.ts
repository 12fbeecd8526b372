import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestBench, submitCheckout, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

async function paid(): Promise<{ intent: string; charge: string }> {
  const session = await bench.stripe.checkout.sessions.create({
    mode: "payment",
    success_url: "http://shop.test/ok",
    line_items: [
      { price_data: { currency: "sek", unit_amount: 30_000, product_data: { name: "Linne" } }, quantity: 1 },
    ],
  });
  await submitCheckout(bench, session.id);
  const { payment_intent: intent } = await bench.stripe.checkout.sessions.retrieve(session.id);
  const [charge] = (await bench.stripe.charges.list({ payment_intent: intent as string })).data;
  return { intent: intent as string, charge: charge?.id ?? "" };
}

it("gives back part after part, and never more than was paid", async () => {
  const { intent, charge } = await paid();
  const first = await bench.stripe.refunds.create({
    charge,
    amount: 10_000,
    reason: "requested_by_customer",
    metadata: { a: "b" },
  });
  expect(first).toMatchObject({
    status: "succeeded",
    amount: 10_000,
    charge,
    payment_intent: intent,
    currency: "sek",
    metadata: { a: "b" },
  });
  await expect(bench.stripe.refunds.create({ charge, amount: 20_001 })).rejects.toMatchObject({
    statusCode: 400,
    param: "amount",
    message: "Refund amount (SEK 200.01) is greater than unrefunded amount on charge (SEK 200.00)",
  });
  await bench.stripe.refunds.create({ payment_intent: intent });
  const after = await bench.stripe.charges.retrieve(charge, { expand: ["refunds.data.balance_transaction"] });
  expect(after).toMatchObject({ amount_refunded: 30_000, refunded: true, status: "succeeded" });
  expect(after.refunds?.data.map((one) => one.balance_transaction)).toMatchObject([
    { amount: -20_000, fee: 0, type: "refund" },
    { amount: -10_000, net: -10_000 },
  ]);
  await expect(bench.stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_already_refunded" });
  expect((await bench.stripe.refunds.list({ payment_intent: intent })).data).toHaveLength(2);
  await bench.receiver.until((all) => all.filter(({ event }) => event.type === "charge.refunded").length === 2);
  const refunded = bench.receiver.received
    .filter(({ event }) => event.type === "charge.refunded")
    .map(({ event }) => event.data.previous_attributes);
  expect(refunded).toEqual([{ amount_refunded: 0 }, { amount_refunded: 10_000, refunded: false }]);
});

it("happens once for one key, whatever becomes of the answer", async () => {
  const { charge } = await paid();
  await bench.control("POST", "/_control/faults", { calls: [{ kind: "reset", path: "/v1/refunds", when: "after" }] });
  const key = { idempotencyKey: "refund-1" };
  // The official client retries a closed connection once by itself, so the fault may pass unseen; the second call is certain.
  await bench.stripe.refunds.create({ charge, amount: 5_000 }, key).catch(() => undefined);
  await bench.stripe.refunds.create({ charge, amount: 5_000 }, key);
  expect((await bench.stripe.charges.retrieve(charge)).amount_refunded).toBe(5_000);
});

it("is refused for a payment without a successful charge, and needs one to be named", async () => {
  await expect(bench.stripe.refunds.create({})).rejects.toMatchObject({
    statusCode: 400,
    message: expect.stringContaining("payment_intent or charge"),
  });
  await expect(bench.stripe.refunds.create({ charge: "ch_none" })).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
    param: "charge",
  });
});
