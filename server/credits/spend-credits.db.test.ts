import { describe, expect, it } from "vitest";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import { verifyLedger } from "../ledger/index.ts";
import {
  confirmReservation,
  consumeCredits,
  releaseReservation,
  reportUsage,
  reserveCredits,
  watchBalance,
} from "./index.ts";

const shop = await testCreditShop();
const { ctx, sql, customer, key, grant, balance, spending } = shop;
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe("R14, R15: consuming", () => {
  it("takes from grants in their one order and says which", async () => {
    const id = await customer();
    const late = await grant(id, 10, { expiresAt: new Date("2027-03-01") });
    const never = await grant(id, 10);
    const soon = await grant(id, 10, { expiresAt: new Date("2027-01-01"), costBasis: "free" });
    const first = await grant(id, 2, { priority: -1 });
    const spent = await consumeCredits(ctx, spending(id, 25));
    expect(spent.taken).toEqual([
      { grantId: first.grantId, credits: 2 },
      { grantId: soon.grantId, credits: 10 },
      { grantId: late.grantId, credits: 10 },
      { grantId: never.grantId, credits: 3 },
    ]);
    expect(spent).toMatchObject({ credits: 25, newTotal: 7, replayed: false });
    expect(await balance(id)).toEqual({ available: 7, held: 0, debt: 0, expiring: [] });
  });

  it("is whole or not at all", async () => {
    const id = await customer();
    await grant(id, 3);
    await expect(consumeCredits(ctx, spending(id, 4))).rejects.toMatchObject({
      code: "credits.insufficient",
      details: { available: 3 },
    });
    expect((await balance(id)).available).toBe(3);
  });

  it("of 64 clients from an account with 1,000 succeeds exactly 1,000 times", async () => {
    const id = await customer();
    await grant(id, 1_000);
    const ends = await Promise.allSettled(
      Array.from({ length: 64 }, async () => {
        for (let i = 0; i < 17; i++) await consumeCredits(ctx, spending(id, 1));
      }).concat(Array.from({ length: 12 }, () => consumeCredits(ctx, spending(id, 1)).then(() => {}))),
    );
    for (const end of ends) if (end.status === "rejected") expect(end.reason).toEqual(code("credits.insufficient"));
    const [rows] = await sql`select count(*)::int consumed, (select count(*)::int from ledger_postings p
      where p.source in (select id from credit_operations where customer_id = ${id}) and p.kind = 'credits.consume') posted
      from credit_operations where customer_id = ${id} and kind = 'consume'`;
    expect(rows).toEqual({ consumed: 1_000, posted: 1_000 });
    expect((await balance(id)).available).toBe(0);
  });

  it("of 64 clients that take 1 to 50 at a time never passes zero", async () => {
    const id = await customer();
    await grant(id, 600);
    await grant(id, 400, { costBasis: "free" });
    const wanted = Array.from({ length: 128 }, (_, i) => 1 + ((i * 37) % 50));
    const ends = await Promise.allSettled(wanted.map((credits) => consumeCredits(ctx, spending(id, credits))));
    const spent = ends.reduce((sum, end) => sum + (end.status === "fulfilled" ? end.value.credits : 0), 0);
    expect((await balance(id)).available).toBe(1_000 - spent);
    const smallest = Math.min(...wanted.filter((_, i) => ends[i]?.status === "rejected"));
    expect(1_000 - spent).toBeLessThan(smallest);
  });

  it("fifty times with one key is one debit and fifty equal answers; with another body it is refused", async () => {
    const id = await customer();
    await grant(id, 10);
    const request = spending(id, 4);
    const answers = await Promise.all(Array.from({ length: 50 }, () => consumeCredits(ctx, request)));
    expect(new Set(answers.map(({ replayed: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(consumeCredits(ctx, { ...request, credits: 5 })).rejects.toEqual(code("credits.key_reused"));
    expect((await balance(id)).available).toBe(6);
  });

  it("for many customers at the same moment is decided for each alone, from its own grants", async () => {
    const people = await Promise.all(
      Array.from({ length: 15 }, async (_, n) => {
        const id = await customer();
        // Nothing, one grant, or several of which the second is used first.
        const grants = [];
        for (let i = 0; i < n % 4; i++) grants.push(await grant(id, 10 + n, { priority: i === 1 ? -1 : 0 }));
        if (n % 5 === 0) await grant(id, 1_000, { feature: "images", priority: -5 });
        return { id, each: 10 + n, order: [grants[1], grants[0], grants[2]].flatMap((one) => one?.grantId ?? []) };
      }),
    );
    const asked = people.flatMap((person) => [
      { person, credits: 4 },
      { person, credits: person.each },
    ]);
    const ends = await Promise.allSettled(
      asked.map(({ person, credits }) => consumeCredits(ctx, spending(person.id, credits))),
    );
    for (const [index, { person, credits }] of asked.entries()) {
      const [end, { order, each }] = [ends[index], person];
      const second = index % 2 === 1;
      const spentBefore = second ? 4 : 0;
      if (order.length === 0 || (second && order.length === 1)) {
        expect(end).toMatchObject({
          status: "rejected",
          reason: { code: "credits.insufficient", details: { available: order.length === 0 ? 0 : each - 4 } },
        });
      } else {
        const [one, other] = order;
        const taken = second
          ? [
              { grantId: one, credits: each - 4 },
              { grantId: other, credits: 4 },
            ]
          : [{ grantId: one, credits: 4 }];
        expect(end).toMatchObject({
          status: "fulfilled",
          value: { taken, newTotal: order.length * each - spentBefore - credits },
        });
      }
    }
  });

  it("honors what is meant for one key or one feature", async () => {
    const id = await customer();
    const apiKeyId = await key(id);
    await grant(id, 5, { apiKeyId });
    await grant(id, 5, { feature: "export" });
    await expect(consumeCredits(ctx, spending(id, 1))).rejects.toEqual(code("credits.insufficient"));
    await consumeCredits(ctx, spending(id, 5, { apiKeyId }));
    await consumeCredits(ctx, spending(id, 5, { feature: "export" }));
    expect((await balance(id, apiKeyId)).available).toBe(0);
  });

  it("stops at a key's budget until its period is over", async () => {
    const id = await customer();
    await grant(id, 100);
    const apiKeyId = await key(id, { credits: 10, period: "day" });
    const use = (credits: number) => consumeCredits(ctx, spending(id, credits, { apiKeyId }));
    await use(8);
    const left = { budget: 10, period: "day", left: 2, renewsAt: "2026-11-20T23:00:00.000Z", available: 92 };
    await expect(use(3)).rejects.toMatchObject({ code: "credits.over_budget", details: left });
    await use(2);
    const { reservationId } = await reserveCredits(ctx, spending(id, 5));
    const asked = { customerId: id, reservationId, credits: 6 };
    await sql`update credit_reservations set api_key_id = ${apiKeyId} where id = ${reservationId}`;
    await expect(confirmReservation(ctx, asked)).rejects.toMatchObject({
      details: { ...left, left: 0, available: 85 },
    });
    await releaseReservation(ctx, asked);
    shop.setNow("2026-11-21T12:00:00Z");
    expect((await use(10)).newTotal).toBe(80);
    shop.setNow("2026-11-20T12:00:00Z");
  });
});

describe("late reports", () => {
  it("are never refused: what there is nothing for is owed, and the next grant settles it", async () => {
    const id = await customer();
    await grant(id, 5, { costBasis: "free" });
    const report = spending(id, 12);
    expect(await reportUsage(ctx, report)).toMatchObject({
      newTotal: 0,
      taken: [{ credits: 5 }, { grantId: null, credits: 7 }],
    });
    expect(await reportUsage(ctx, report)).toMatchObject({ newTotal: 0, replayed: true });
    expect(await balance(id)).toMatchObject({ available: 0, debt: 7 });
    expect((await grant(id, 4)).newTotal).toBe(0);
    expect((await grant(id, 10)).newTotal).toBe(7);
    expect(await balance(id)).toMatchObject({ available: 7, debt: 0 });
  });
});

describe("reserving", () => {
  it("holds; confirmed for less, the rest goes back to where it came from", async () => {
    const id = await customer();
    const first = await grant(id, 5, { costBasis: "free", priority: -1 });
    const second = await grant(id, 5);
    const { reservationId, newTotal } = await reserveCredits(ctx, spending(id, 8));
    expect(newTotal).toBe(2);
    expect(await balance(id)).toMatchObject({ available: 2, held: 8 });
    const confirmed = await confirmReservation(ctx, { customerId: id, reservationId, credits: 6 });
    expect(confirmed).toMatchObject({ credits: 6, newTotal: 4, replayed: false });
    expect(confirmed.taken).toEqual([
      { grantId: first.grantId, credits: 5 },
      { grantId: second.grantId, credits: 1 },
    ]);
    expect(await confirmReservation(ctx, { customerId: id, reservationId, credits: 6 })).toEqual({
      ...confirmed,
      replayed: true,
    });
    await expect(releaseReservation(ctx, { customerId: id, reservationId })).rejects.toEqual(
      code("credits.reservation_ended"),
    );
    expect(await balance(id)).toMatchObject({ available: 4, held: 0 });
  });

  it("confirmed for more takes more, or is refused and stays held", async () => {
    const id = await customer();
    await grant(id, 10);
    const { reservationId } = await reserveCredits(ctx, spending(id, 5));
    await expect(confirmReservation(ctx, { customerId: id, reservationId, credits: 11 })).rejects.toEqual(
      code("credits.insufficient"),
    );
    expect(await confirmReservation(ctx, { customerId: id, reservationId, credits: 9 })).toMatchObject({ newTotal: 1 });
  });

  it("released is as if it had not been; nobody else's can be ended", async () => {
    const id = await customer();
    await grant(id, 10);
    const { reservationId } = await reserveCredits(ctx, spending(id, 5));
    const other = await customer();
    await expect(releaseReservation(ctx, { customerId: other, reservationId })).rejects.toEqual(
      code("credits.reservation_not_found"),
    );
    expect(await releaseReservation(ctx, { customerId: id, reservationId })).toMatchObject({ newTotal: 10 });
    expect(await balance(id)).toMatchObject({ available: 10, held: 0 });
  });
});

describe("a balance that is watched", () => {
  it("is told of when it falls past a number, once, and again after it rose", async () => {
    const id = await customer();
    await grant(id, 100);
    await ctx.db.transaction((tx) => watchBalance(tx, { customerId: id, below: [20, 50] }));
    const told = async () => {
      const rows = await sql`select 1 from graphile_worker.jobs where key = ${`credits.signal-low:${id}`}`;
      await sql`select graphile_worker.remove_job(${`credits.signal-low:${id}`})`;
      return rows.length;
    };
    await consumeCredits(ctx, spending(id, 50));
    expect(await told()).toBe(0);
    await consumeCredits(ctx, spending(id, 1));
    expect(await told()).toBe(1);
    await consumeCredits(ctx, spending(id, 10));
    expect(await told()).toBe(0);
    await reserveCredits(ctx, spending(id, 30));
    expect(await told()).toBe(1);
    await grant(id, 100);
    await consumeCredits(ctx, spending(id, 100));
    expect(await told()).toBe(1);
  });

  it("is what anybody may spend: grants for one key or one feature are not counted in, however they are spent", async () => {
    const id = await customer();
    const apiKeyId = await key(id);
    await grant(id, 60);
    await grant(id, 1_000, { apiKeyId, priority: 5 });
    await grant(id, 1_000, { feature: "images", priority: 5 });
    await ctx.db.transaction((tx) => watchBalance(tx, { customerId: id, below: [50] }));
    const told = async () => {
      const rows = await sql`select graphile_worker.remove_job(${`credits.signal-low:${id}`}) where exists (
        select 1 from graphile_worker.jobs where key = ${`credits.signal-low:${id}`})`;
      return rows.length;
    };
    await consumeCredits(ctx, spending(id, 11));
    expect(await told()).toBe(1);
    expect((await balance(id)).available).toBe(49);
    // Beyond what is left for anybody the key's own are taken: nothing falls that is watched.
    await consumeCredits(ctx, spending(id, 49, { apiKeyId }));
    await grant(id, 60);
    await consumeCredits(ctx, spending(id, 1_060, { apiKeyId }));
    expect(await told()).toBe(1);
    await grant(id, 100);
    const { reservationId } = await reserveCredits(ctx, spending(id, 10));
    expect(await told()).toBe(0);
    await confirmReservation(ctx, { customerId: id, reservationId, credits: 60 });
    expect(await told()).toBe(1);
  });
});

describe("granting", () => {
  it("is once per key, and another grant with the key is refused", async () => {
    const id = await customer();
    const first = await grant(id, 5, { key: "once" });
    expect(await grant(id, 5, { key: "once", sourceId: first.grantId }).catch((error) => error.code)).toBe(
      "credits.grant_differs",
    );
    await expect(grant(id, 6, { key: "once" })).rejects.toEqual(code("credits.grant_differs"));
  });

  it("at once is one grant", async () => {
    const id = await customer();
    const all = await Promise.all(Array.from({ length: 10 }, () => grant(id, 5, { key: "race", sourceId: "x" })));
    expect(new Set(all.map(({ grantId }) => grantId)).size).toBe(1);
    expect(all.every(({ newTotal }) => newTotal === 5)).toBe(true);
    expect((await balance(id)).available).toBe(5);
  });
});

describe("afterwards", () => {
  it("the books balance, and every grant is the sum of its allocations", async () => {
    expect((await verifyLedger(ctx)).problems).toEqual([]);
    const off =
      await sql`select g.id from credit_grants g left join lateral (select sum(available) available, sum(held) held
      from credit_allocations a where a.grant_id = g.id) a on true where g.remaining <> a.available or g.held <> a.held`;
    expect(off).toEqual([]);
    const liabilities =
      await sql`select b.account_id from ledger_balances b join ledger_accounts a on a.id = b.account_id
      left join lateral (select coalesce(sum(remaining + held), 0) as open, coalesce(sum(held), 0) as held from credit_grants g where g.customer_id = a.owner_id
        and 'liability_' || case g.cost_basis when 'paid' then 'paid' else 'promo' end = a.kind) g on true
      where a.kind like 'liability%' and (b.posted <> g.open or b.held <> g.held)`;
    expect(liabilities).toEqual([]);
  });
});
