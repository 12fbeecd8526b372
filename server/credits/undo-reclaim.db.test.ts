import { describe, expect, it } from "vitest";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import { verifyLedger } from "../ledger/index.ts";
import { bookGrants } from "./book-grants.ts";
import { carryOutAdjustment, carryOutReclaim } from "./carry-out-adjustment.ts";
import {
  confirmReservation,
  consumeCredits,
  reclaimPurchase,
  releaseReservation,
  reportUsage,
  reserveCredits,
  squareRefunds,
  sweepCredits,
  undoReclaim,
} from "./index.ts";

const shop = await testCreditShop();
const { ctx, sql, customer, grant, balance, spending } = shop;

const reclaim = (sourceId: string, key: string, credits?: number) =>
  ctx.db.transaction((tx) => reclaimPurchase(tx, { sourceId, key, credits }));
const undo = (key: string) => ctx.db.transaction((tx) => undoReclaim(tx, { key }));
const bought = async (credits: number, more: object = {}) => {
  const id = await customer();
  await grant(id, credits, { source: "purchase", sourceId: `buy_${id}`, ...more });
  return { id, sourceId: `buy_${id}`, key: `refund:${id}` };
};
const decide = (reclaimId: string | null, decision: "debt" | "let_go") =>
  sql`update credit_reclaims set decision = ${decision}, decided_by = 'staff:x', decided_at = now() where id = ${reclaimId}`;

describe("R16: money that stayed with us after all", () => {
  it("gives back what was taken, where it was, once", async () => {
    const { id, sourceId, key } = await bought(100, { expiresAt: new Date("2026-12-31") });
    await consumeCredits(ctx, spending(id, 30));
    expect(await reclaim(sourceId, key)).toMatchObject({ taken: 70, spent: 30 });
    expect(await undo(key)).toBe(70);
    expect(await undo(key)).toBe(0);
    expect(await balance(id)).toMatchObject({ available: 70, debt: 0, expiring: [{ credits: 70 }] });
    const [open] = await sql`select count(*)::int n from credit_reclaims
      where source_id = ${sourceId} and decision is null and undone_at is null`;
    expect(open?.n).toBe(0);
    // Paid back anew, it is taken anew: the purchase is whole again.
    expect(await reclaim(sourceId, `${key}:again`)).toMatchObject({ taken: 70, spent: 30 });
  });

  it("five times at once gives it back once", async () => {
    const { id, sourceId, key } = await bought(50);
    await reclaim(sourceId, key);
    const ends = await Promise.all([1, 2, 3, 4, 5].map(() => undo(key)));
    expect(ends.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 50]);
    expect((await balance(id)).available).toBe(50);
  });

  it.each(["undone", "carried out"])(
    "waits behind what is being collected of it, and blocks it not: %s",
    async (way) => {
      const { id, sourceId, key } = await bought(50);
      await consumeCredits(ctx, spending(id, 20));
      const { reclaimId } = await reclaim(sourceId, key);
      if (way === "carried out") await decide(reclaimId, "debt");
      const waiting = async () => {
        const [row] = await sql`select count(*)::int n from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where not l.granted and a.datname = current_database()`;
        return Number(row?.n);
      };
      let end: Promise<unknown> = Promise.resolve();
      await sql.begin(async (tx) => {
        await tx`select 1 from credit_accounts where customer_id = ${id} for no key update`;
        end = way === "undone" ? undo(key) : carryOutReclaim(ctx, { reclaimId: String(reclaimId) });
        await expect.poll(waiting, { timeout: 120_000 }).toBeGreaterThan(0);
        // It need not wait at all: whoever waits here is in a deadlock.
        await tx`set local lock_timeout = '50ms'`;
        await tx`insert into credit_reclaims (id, key, customer_id, source_id, origin_id, wanted_credits, taken_credits,
          waiting_credits, spent_credits, created_at)
        values (${`crc_${key}`}, ${`collected:${key}`}, ${id}, ${sourceId}, ${reclaimId}, 0, 0, 0, 0, now())`;
      });
      await end;
      expect(await balance(id)).toMatchObject(
        way === "undone" ? { available: 30, debt: 0 } : { available: 0, debt: 20 },
      );
    },
  );

  it("asks no more for what reservations hold, and gives back what they let go of", async () => {
    const { id, sourceId, key } = await bought(30);
    const first = await reserveCredits(ctx, spending(id, 10));
    const second = await reserveCredits(ctx, spending(id, 10));
    expect(await reclaim(sourceId, key)).toMatchObject({ taken: 10, waiting: 20 });
    await confirmReservation(ctx, { customerId: id, reservationId: first.reservationId, credits: 4 });
    await sweepCredits(ctx);
    expect((await balance(id)).available).toBe(0);
    expect(await undo(key)).toBe(16);
    await releaseReservation(ctx, { customerId: id, reservationId: second.reservationId });
    await sweepCredits(ctx);
    expect(await balance(id)).toMatchObject({ available: 26, held: 0, debt: 0 });
  });

  it.each(["asked back again", "taken away by staff"])(
    "what was let go of goes to whoever asked for it before it is %s: nobody is asked for what nobody used",
    async (way) => {
      const { id, sourceId, key } = await bought(10);
      const { reservationId } = await reserveCredits(ctx, spending(id, 10));
      expect(await reclaim(sourceId, key)).toMatchObject({ taken: 0, waiting: 10 });
      await releaseReservation(ctx, { customerId: id, reservationId });
      if (way === "asked back again")
        expect(await reclaim(sourceId, `${key}:again`)).toMatchObject({ taken: 0, waiting: 0, spent: 0 });
      else {
        await sql`insert into credit_adjustments (id, key, customer_id, kind, credits, reason, within_limit, requested_by,
            requested_at, decision, decided_by, decided_at)
          values (${`cad_${id}`}, ${`cad_${id}`}, ${id}, 'remove', 10, 'agreed', true, 'usr_1', now(), 'approved', 'usr_1', now())`;
        await carryOutAdjustment(ctx, { adjustmentId: `cad_${id}` });
      }
      await sweepCredits(ctx);
      const asked = await sql`select taken_credits::int taken, spent_credits::int spent from credit_reclaims
        where source_id = ${sourceId} and (taken_credits > 0 or spent_credits > 0)`;
      expect(asked).toEqual([{ taken: 10, spent: 0 }]);
      expect(await balance(id)).toMatchObject({ available: 0, held: 0, debt: 0 });
    },
  );

  it("lets go of the debt that staff made of it, and gives back what was settled of it", async () => {
    const { id, sourceId, key } = await bought(10);
    await consumeCredits(ctx, spending(id, 10));
    const { reclaimId } = await reclaim(sourceId, key);
    await decide(reclaimId, "debt");
    await carryOutReclaim(ctx, { reclaimId: reclaimId ?? "" });
    await grant(id, 6);
    expect(await balance(id)).toMatchObject({ available: 0, debt: 4 });
    await undo(key);
    expect(await balance(id)).toMatchObject({ available: 6, debt: 0 });
  });

  it("lets go of that debt before anything comes back: what was bought stays bought", async () => {
    const { id, sourceId, key } = await bought(100);
    await consumeCredits(ctx, spending(id, 30));
    const { reclaimId } = await reclaim(sourceId, key);
    await decide(reclaimId, "debt");
    await carryOutReclaim(ctx, { reclaimId: reclaimId ?? "" });
    await undo(key);
    const grants = await sql`select source, used::int, remaining::int from credit_grants where customer_id = ${id}`;
    expect(grants).toEqual([{ source: "purchase", used: 30, remaining: 70 }]);
    expect(await balance(id)).toMatchObject({ available: 70, debt: 0 });
  });

  it("settles what is owed while a reservation still holds some of the purchase", async () => {
    const { id, sourceId, key } = await bought(100);
    const { reservationId } = await reserveCredits(ctx, spending(id, 40));
    expect(await reclaim(sourceId, key)).toMatchObject({ taken: 60, waiting: 40 });
    await reportUsage(ctx, spending(id, 70));
    expect(await undo(key)).toBe(60);
    expect(await balance(id)).toMatchObject({ available: 0, held: 40, debt: 10 });
    await releaseReservation(ctx, { customerId: id, reservationId });
    await sweepCredits(ctx);
    expect(await balance(id)).toMatchObject({ available: 40, held: 0, debt: 10 });
  });

  it("is not made a debt afterwards, whatever was decided meanwhile", async () => {
    const { id, sourceId, key } = await bought(10);
    await consumeCredits(ctx, spending(id, 10));
    const { reclaimId } = await reclaim(sourceId, key);
    await decide(reclaimId, "debt");
    await undo(key);
    await carryOutReclaim(ctx, { reclaimId: reclaimId ?? "" });
    expect(await balance(id)).toMatchObject({ available: 0, debt: 0 });
  });

  it("brings its money back to what is owed as service", async () => {
    const { id, sourceId, key } = await bought(3, { money: { amount: 100, currency: "USD" } });
    await consumeCredits(ctx, spending(id, 1));
    await reclaim(sourceId, key);
    await bookGrants(ctx);
    await undo(key);
    await bookGrants(ctx);
    const [row] =
      await sql`select booked_revenue::int revenue, booked_reclaimed::int reclaimed, settled from credit_grants
      where customer_id = ${id}`;
    expect(row).toEqual({ revenue: 33, reclaimed: 0, settled: false });
  });

  it("against consumption at the same moment: nothing is lost or doubled", async () => {
    const { id, sourceId, key } = await bought(40);
    await reclaim(sourceId, key);
    const [ends] = await Promise.all([
      Promise.allSettled(Array.from({ length: 40 }, () => consumeCredits(ctx, spending(id, 1)))),
      undo(key),
    ]);
    const used = ends.filter(({ status }) => status === "fulfilled").length;
    expect((await balance(id)).available).toBe(40 - used);
  });
});

it("what comes back and is taken anew settles no debt for something else on the way, and lets no more go than stood alone", async () => {
  const { id, sourceId, key } = await bought(40);
  await consumeCredits(ctx, spending(id, 40));
  await grant(id, 100, { source: "purchase", sourceId: `more_${id}` });
  await consumeCredits(ctx, spending(id, 70));
  const square = (inAll: number, own: string | null, undone: string[]) =>
    ctx.db.transaction((tx) => squareRefunds(tx, [{ sourceId: `more_${id}`, inAll, key: own, undone, held: false }]));
  await square(100, `${key}:a`, []);
  const [both] = await sql`select id from credit_reclaims where key = ${`${key}:a`}`;
  await decide(both?.id, "let_go");
  await carryOutReclaim(ctx, { reclaimId: both?.id });
  const { reclaimId } = await reclaim(sourceId, key);
  await decide(reclaimId, "debt");
  await carryOutReclaim(ctx, { reclaimId: String(reclaimId) });
  await square(50, null, [`${key}:a`]);
  expect(await balance(id)).toMatchObject({ available: 0, debt: 40 });
  const [kept] = await sql`select sum(spent_credits)::int spent, sum(taken_credits)::int taken from credit_reclaims
    where source_id = ${`more_${id}`} and undone_at is null`;
  expect(kept).toEqual({ spent: 20, taken: 30 });
  await square(0, null, [`${key}:a`]);
  expect(await balance(id)).toMatchObject({ available: 0, debt: 10 });
});

it("where nothing was taken, nothing comes back", async () => {
  expect(await undo("refund:nobody")).toBe(0);
});

it("afterwards the books balance", async () => {
  expect((await verifyLedger(ctx)).problems).toEqual([]);
});
