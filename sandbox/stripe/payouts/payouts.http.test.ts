import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postForm, startTestBench, type TestBench } from "../../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench({ SANDBOX_SEED: "payouts", SANDBOX_CLOCK: "2026-11-02T10:00:00Z" });
});
afterAll(() => bench.close());

const pay = (amount: number, currency = "sek", source = "tok_visa") =>
  bench.stripe.charges.create({ amount, currency, source });
const on = (to: string) => bench.control("POST", "/_control/clock/advance", { to });
const day = (text: string) => Date.parse(text) / 1000;
/** What the provider keeps of a charge. */
const less = (amount: number) => amount - (Math.floor((amount * 29 + 500) / 1000) + 30);

describe("payouts", () => {
  it("bring each day's money to the bank by its currency, less fees and refunds", async () => {
    const first = await pay(30_000);
    await pay(20_000);
    await pay(9_900, "eur");
    await bench.stripe.refunds.create({ charge: first.id, amount: 10_000 });
    await on("2026-11-03T10:00:00Z");
    await pay(50_000);
    await on("2026-11-08T23:00:00Z");
    expect((await bench.stripe.payouts.list()).data).toEqual([]);
    await on("2026-11-09T09:00:00Z");
    const both = (await bench.stripe.payouts.list()).data;
    const sek = both.find((one) => one.currency === "sek");
    expect(both.map(({ currency, amount }) => [currency, amount]).toSorted()).toEqual([
      ["eur", less(9_900)],
      ["sek", less(30_000) + less(20_000) - 10_000],
    ]);
    expect(sek).toMatchObject({
      status: "in_transit",
      automatic: true,
      created: day("2026-11-09T00:00:00Z"),
      arrival_date: day("2026-11-11T00:00:00Z"),
      failure_code: null,
    });
    const told = await bench.stripe.payouts.retrieve(sek?.id ?? "", { expand: ["balance_transaction.source"] });
    expect(told.balance_transaction).toMatchObject({
      amount: -(sek?.amount ?? 0),
      type: "payout",
      source: { id: sek?.id },
    });
  });

  it("arrive two days later, page and filter, and are the same however often somebody looks", async () => {
    await on("2026-11-11T10:00:00Z");
    const all = await bench.stripe.payouts.list();
    expect(all.data.map((one) => [one.status, one.amount])).toEqual([
      ["in_transit", less(50_000)],
      ["paid", expect.any(Number)],
      ["paid", expect.any(Number)],
    ]);
    const one = await bench.stripe.payouts.list({ limit: 1 });
    expect(one).toMatchObject({ has_more: true, data: [{ id: all.data[0]?.id }] });
    const rest = await bench.stripe.payouts.list({ limit: 10, starting_after: one.data[0]?.id ?? "" });
    expect(rest.data.map(({ id }) => id)).toEqual(all.data.slice(1).map(({ id }) => id));
    expect((await bench.stripe.payouts.list({ status: "paid" })).data).toHaveLength(2);
    expect((await bench.stripe.payouts.list({ arrival_date: { lt: day("2026-11-12T00:00:00Z") } })).data).toHaveLength(
      2,
    );
    expect((await bench.stripe.payouts.list({ created: { gte: day("2026-11-10T00:00:00Z") } })).data).toHaveLength(1);
  });

  it("take what is less than nothing off a later one, and tell of no payout for it", async () => {
    const charge = await pay(40_000);
    await on("2026-11-12T10:00:00Z");
    await bench.stripe.refunds.create({ charge: charge.id, amount: 40_000 });
    await on("2026-11-13T10:00:00Z");
    await pay(100_000);
    await on("2026-11-20T10:00:00Z");
    const since = (await bench.stripe.payouts.list({ created: { gte: day("2026-11-18T00:00:00Z") } })).data;
    expect(since.map(({ amount }) => amount)).toEqual([less(100_000) - 40_000, less(40_000)]);
  });

  it("fail when the bank sends them back, and their money goes out again", async () => {
    const [latest] = (await bench.stripe.payouts.list({ limit: 1 })).data;
    const failed = await bench.control("POST", `/_control/payouts/${latest?.id}/fail`, { code: "no_account" });
    expect(failed.body).toMatchObject({ status: "failed", failure_code: "no_account" });
    await bench.control("POST", `/_control/payouts/${latest?.id}/fail`, {});
    const told = await bench.stripe.payouts.retrieve(latest?.id ?? "", { expand: ["failure_balance_transaction"] });
    expect(told).toMatchObject({ failure_balance_transaction: { amount: latest?.amount, type: "payout_failure" } });
    expect((await bench.control("POST", "/_control/payouts/po_no/fail", {})).status).toBe(404);
    await on("2026-11-27T10:00:00Z");
    expect((await bench.stripe.payouts.list({ limit: 1 })).data).toMatchObject([
      { amount: latest?.amount, status: "in_transit" },
    ]);
    expect((await bench.stripe.payouts.list({ status: "failed" })).data).toHaveLength(1);
  });

  it("stand on the workbench, each with the button that sends it back", async () => {
    const [latest] = (await bench.stripe.payouts.list({ limit: 1 })).data;
    const text = await (await fetch(bench.sandbox.url)).text();
    expect(text).toContain(`The bank sends ${latest?.id} back`);
    const said = await postForm(`${bench.sandbox.url}/_workbench/payout`, { id: latest?.id ?? "" });
    expect(said.text).toContain("The bank has sent");
    expect(await bench.stripe.payouts.retrieve(latest?.id ?? "")).toMatchObject({ failure_code: "account_closed" });
  });
});
