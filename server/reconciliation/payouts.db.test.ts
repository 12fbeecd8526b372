import type Stripe from "stripe";
import { expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { payoutFacts } from "../providers/stripe/payouts.ts";
import { readWorkQueue } from "../reporting/work-queue.ts";
import { followPayouts } from "./follow-payouts.ts";
import type { NotedPayout } from "./provider-journal.ts";
import { readStream, type StreamWork } from "./read-stream.ts";
import { reconcile } from "./reconcile.ts";
import { PAYOUTS } from "./stream.ts";

// Nothing tells this shop of payouts but its own asking.
const shop = await testCheckoutShop();
const { sql } = shop;

const sold = (amount: number, currency = "sek") => shop.stripe.charges.create({ amount, currency, source: "tok_visa" });
const ours = () =>
  sql`select external_id as id, status, amount::int, currency, failure_code from payouts order by created_at desc, currency`;
const theirs = async (limit = 100) =>
  (await shop.stripe.payouts.list({ limit })).data.map(({ id, status, amount, currency, failure_code }) => ({
    ...{ id, status, amount, currency: currency.toUpperCase(), failure_code },
  }));
const drifts = (object: string) =>
  sql`select field, ours, theirs, healed_by from drifts where object = ${object} and healed_at is not null order by field`;
const alerts = (subject: string) =>
  sql`select kind, amount::int, currency, resolved_at is not null as over from alerts where subject = ${subject} order by kind`;
const history = (id: string) =>
  sql`select event, to_state from payout_transitions where subject_id = (select id from payouts where external_id = ${id}) order by id`;
const written = () =>
  sql`select count(*)::int as n, (select count(*)::int from drifts) as drifts from payout_transitions`;
const failed = (id: string) => shop.sandbox.control(`payouts/${id}/fail`, { body: { code: "no_account" } });
const asked = async (what: string) => {
  const { requests } = (await shop.sandbox.control("requests")) as { requests: { path: string }[] };
  return requests.filter(({ path }) => path.includes(what)).length;
};
const noted = (one: Stripe.Payout): NotedPayout => ({ ...payoutFacts(one), at: new Date(one.created * 1000) });
/** One turn of the reconciliation, a quarter of a day after the one before. */
async function turn(): Promise<void> {
  await shop.advance("PT6H1M");
  await reconcile(shop.worker());
}

test("what goes to the bank is taken in and followed, which is no drift, and a second look changes nothing", async () => {
  await sold(50_000);
  await sold(20_000, "eur");
  await shop.advance("P7D");
  const listed = (await shop.stripe.payouts.list()).data.map(noted);
  await Promise.all([followPayouts(shop.worker(), listed), followPayouts(shop.worker(), listed)]);
  await reconcile(shop.worker());
  expect(await ours()).toHaveLength(2);
  expect(await ours()).toEqual((await theirs()).toSorted((a, b) => (a.currency < b.currency ? -1 : 1)));
  const before = await written();
  await turn();
  expect(await written()).toEqual(before);
  await shop.advance("P2D");
  await turn();
  const [one] = await ours();
  expect(await ours()).toMatchObject([{ status: "paid" }, { status: "paid" }]);
  expect(await history(one?.id)).toEqual([
    { event: "created", to_state: "pending" },
    { event: "submitted", to_state: "in_transit" },
    { event: "arrived", to_state: "paid" },
  ]);
  expect(await sql`select 1 from drifts`).toEqual([]);
});

test("one that the bank sends back after it arrived is a drift, healed, and told to staff once with its money", async () => {
  const [one] = await ours();
  await failed(one?.id);
  await turn();
  await turn();
  expect(await drifts(one?.id)).toEqual([
    { field: "failure", ours: null, theirs: "no_account", healed_by: "convergePayout" },
    { field: "status", ours: "paid", theirs: "failed", healed_by: "convergePayout" },
  ]);
  const alert = { kind: "payments.payout_failed", amount: one?.amount, currency: one?.currency };
  expect(await alerts(one?.id)).toEqual([{ ...alert, over: false }]);
  const { items, counts } = await shop.worker().db.transaction(readWorkQueue);
  expect(counts).toMatchObject({ payout_failed: 1, alert: 0 });
  const waits = { kind: "payout_failed", id: one?.id, amount: one?.amount };
  expect(items).toEqual(expect.arrayContaining([expect.objectContaining(waits)]));

  // Its money goes out again a week later; that this arrives is the end of it.
  await shop.advance("P7D");
  await turn();
  expect(await alerts(one?.id)).toEqual([{ ...alert, over: false }]);
  await shop.advance("P2D");
  await turn();
  expect(await ours()).toEqual(expect.arrayContaining([{ ...one, status: "failed", failure_code: "no_account" }]));
  expect(await alerts(one?.id)).toEqual([{ ...alert, over: true }]);
});

test("what our row says otherwise is brought to what the provider holds, whatever that is", async () => {
  const [one] = await ours();
  await sql`update payouts set amount = amount + 1, currency = 'USD' where external_id = ${one?.id}`;
  await turn();
  expect(await drifts(one?.id)).toEqual([
    { field: "amount", ours: String(one!.amount + 1), theirs: String(one?.amount), healed_by: "convergePayout" },
    { field: "currency", ours: "USD", theirs: one?.currency, healed_by: "convergePayout" },
  ]);
  expect((await ours()).find(({ id }) => id === one?.id)).toEqual(one);
});

test("one that the provider knows no more gets a tombstone, and is asked for once", async () => {
  await sql`insert into payouts (id, external_id, status, currency, amount, arrival_at, created_at)
    values ('pout_gone', 'po_gone', 'in_transit', 'SEK', 100, app_now(), app_now() - interval '1 day')`;
  await turn();
  await shop.advance("P1D");
  await turn();
  expect(await alerts("po_gone")).toEqual([{ kind: "reconciliation.gone", amount: null, currency: null, over: false }]);
  expect(await sql`select gone_at is not null as gone from reconciled_objects where id = 'payout:po_gone'`).toEqual([
    { gone: true },
  ]);
  // By the comparison and by what would have healed it.
  expect(await asked("po_gone")).toBe(2);
});

test("a list of many pages is read to its end, over as many runs as it takes, whatever is taken twice", async () => {
  for (let n = 0; n < 5; n++) {
    await sold(10_000 + n);
    await shop.advance("P1D");
  }
  await shop.advance("P8D");
  let pages = 0;
  const lists: StreamWork<NotedPayout>["lists"] = [
    async ({ from, to, after }) => {
      pages++;
      const created = { gte: Math.floor(from.getTime() / 1000), lte: Math.floor(to.getTime() / 1000) };
      const page = await shop.stripe.payouts.list({ limit: 2, created, ...(after && { starting_after: after }) });
      return {
        items: page.data.map(noted),
        more: page.has_more,
      };
    },
  ];
  const take = (listed: readonly NotedPayout[]) => followPayouts(shop.worker(), listed);
  let runs = 0;
  for (let more = true; more && runs < 20; runs++) {
    await readStream(shop.worker(), PAYOUTS, { lists, take }, 2);
    more =
      (await sql`select 1 from reconciliation_streams where name = 'payouts' and walk_from is not null`).length > 0;
  }
  expect([pages > 4, runs > 2]).toEqual([true, true]);
  const known = (await ours()).filter(({ id }) => id !== "po_gone");
  const byId = (rows: readonly { id?: string }[]) => rows.toSorted((a, b) => ((a.id ?? "") < (b.id ?? "") ? -1 : 1));
  expect(byId(known)).toEqual(byId(await theirs()));
});

test("one that failed more than a month ago is history at the first look, and nobody is told", async () => {
  const [some] = (await shop.stripe.payouts.list({ limit: 1 })).data.map(noted);
  if (!some) throw new Error("there is no payout");
  const ago = (days: number) => new Date(shop.worker().now().getTime() - days * 86_400_000);
  // In a currency in which none has arrived since.
  const failure = { status: "failed", failureCode: "no_account", currency: "USD" } as const;
  const listed = [31, 29].map((days) => ({ ...some, ...failure, externalId: `po_${days}`, createdAt: ago(days) }));
  expect(await followPayouts(shop.worker(), listed)).toBe(2);
  expect(await alerts("po_31")).toEqual([]);
  expect(await alerts("po_29")).toMatchObject([{ over: false }]);
});

test("at the first look ever what failed is history once a later one has arrived, whatever page that stands on", async () => {
  const [some] = (await shop.stripe.payouts.list({ limit: 1 })).data.map(noted);
  if (!some) throw new Error("there is no payout");
  const day = (n: number) => new Date(shop.worker().now().getTime() - n * 86_400_000);
  // In a currency in which none has arrived.
  const one = (externalId: string, days: number, status: "paid" | "failed" | "in_transit", currency = "USD") => ({
    ...{ ...some, externalId, status, currency, createdAt: day(days) },
    failureCode: status === "failed" ? "no_account" : null,
  });
  const pages = [
    [one("po_1", 1, "paid", "EUR"), one("po_2", 2, "failed"), one("po_3", 3, "in_transit"), one("po_4", 4, "failed")],
    [one("po_8", 8, "failed"), one("po_6", 6, "in_transit"), one("po_5", 5, "paid"), one("po_9", 9, "failed")],
    [one("po_12", 12, "failed")],
  ];
  for (const page of pages) await followPayouts(shop.worker(), page);
  const told = await sql`select subject from alerts where kind = 'payments.payout_failed' and subject in
    ('po_2', 'po_4', 'po_8', 'po_9', 'po_12') order by subject`;
  // After these none in their currency has arrived; what is under way may come back, too.
  expect(told.map(({ subject }) => subject)).toEqual(["po_2", "po_4"]);
  // What fails before our eyes is news, whatever has arrived since it was made.
  await followPayouts(shop.worker(), [one("po_6", 6, "failed")]);
  expect(await alerts("po_6")).toMatchObject([{ over: false }]);
});
