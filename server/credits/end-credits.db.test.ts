import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { creditReclaims } from "../../drizzle/schema/credits.ts";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import { money } from "../kernel/money.ts";
import { verifyLedger } from "../ledger/index.ts";
import { among, decideEach } from "./due-alone.ts";
import { expireGrants } from "./expire-grants.ts";
import {
  confirmReservation,
  consumeCredits,
  reclaimPurchase,
  releaseReservation,
  reserveCredits,
  sweepCredits,
} from "./index.ts";

const shop = await testCreditShop();
const { ctx, sql, owner, customer, grant, balance, spending } = shop;
const NOON = "2026-11-20T12:00:00Z";
const LATER = "2026-12-01T12:00:00Z";
beforeEach(() => shop.setNow(NOON));

/** What the ledger holds of a kind of account, on its own side. */
async function held(account: string): Promise<number> {
  const [row] =
    await sql`select coalesce(-sum(e.amount), 0)::int sum from ledger_entries e join ledger_postings p on p.id = e.posting_id
    where e.account_id = ${account} and p.phase = 'posted'`;
  return row?.sum;
}
const change = async (account: string, work: () => Promise<unknown>) => {
  const before = await held(account);
  await work();
  return (await held(account)) - before;
};

describe("R16: running out", () => {
  it("is breakage at its time, once, and not before", async () => {
    const id = await customer();
    await grant(id, 10, { expiresAt: new Date("2026-12-01T00:00:00Z") });
    await consumeCredits(ctx, spending(id, 4));
    expect(await change("breakage:CREDIT", () => sweepCredits(ctx))).toBe(0);
    shop.setNow(LATER);
    expect((await balance(id)).available).toBe(0);
    expect(await change("breakage:CREDIT", () => Promise.all([sweepCredits(ctx), sweepCredits(ctx)]))).toBe(6);
    expect(await change("breakage:CREDIT", () => sweepCredits(ctx))).toBe(0);
    expect(await held(`liability_paid:${id}`)).toBe(0);
  });

  it("against consumption at the same moment: every credit is used or runs out, none both", async () => {
    const id = await customer();
    const expiresAt = new Date("2026-12-01T00:00:00Z");
    await grant(id, 40, { expiresAt });
    const all = Array.from({ length: 40 }, () => consumeCredits(ctx, spending(id, 1)));
    shop.setNow(LATER);
    const [ends] = await Promise.all([Promise.allSettled(all), sweepCredits(ctx), sweepCredits(ctx)]);
    await sweepCredits(ctx);
    const [row] = await sql`select used::int, expired::int from credit_grants where customer_id = ${id}`;
    expect(row?.used).toBe(ends.filter(({ status }) => status === "fulfilled").length);
    expect(row?.used + row?.expired).toBe(40);
  });

  it("is told of like spending when a watched number is passed by it", async () => {
    const id = await customer();
    await grant(id, 10, { expiresAt: new Date("2026-12-01T00:00:00Z") });
    await grant(id, 2);
    await sql`update credit_accounts set signal_below = '{5}' where customer_id = ${id}`;
    const told = () => sql`select 1 from graphile_worker.jobs where key = ${`credits.signal-low:${id}`}`;
    await sweepCredits(ctx);
    expect(await told()).toHaveLength(0);
    shop.setNow(LATER);
    await sweepCredits(ctx);
    expect(await told()).toHaveLength(1);
  });

  it("waits for a reservation, and what that gives back runs out at once", async () => {
    const id = await customer();
    await grant(id, 10, { expiresAt: new Date("2026-11-21T00:00:00Z") });
    const { reservationId } = await reserveCredits(ctx, spending(id, 8));
    shop.setNow("2026-11-21T11:00:00Z");
    expect(await change("breakage:CREDIT", () => sweepCredits(ctx))).toBe(2);
    expect(await confirmReservation(ctx, { customerId: id, reservationId, credits: 5 })).toMatchObject({ newTotal: 0 });
    const jobs = await sql`select 1 from graphile_worker.jobs where task_identifier = 'credits.sweep'`;
    expect(jobs).toHaveLength(1);
    expect(await change("breakage:CREDIT", () => sweepCredits(ctx))).toBe(3);
  });

  it("of a reservation is at most a day away", async () => {
    const id = await customer();
    await grant(id, 10);
    const { reservationId } = await reserveCredits(ctx, spending(id, 8));
    shop.setNow("2026-11-21T12:00:00Z");
    await sweepCredits(ctx);
    expect(await balance(id)).toMatchObject({ available: 10, held: 0 });
    await expect(releaseReservation(ctx, { customerId: id, reservationId })).rejects.toMatchObject({
      code: "credits.reservation_ended",
    });
  });
});

describe("the money of credits", () => {
  it("is owed until they are used, run out or are taken back", async () => {
    const id = await customer();
    const buy = () =>
      grant(id, 3, {
        source: "purchase",
        sourceId: `buy_${id}`,
        money: money(100, "USD"),
        expiresAt: new Date("2026-12-01T00:00:00Z"),
      });
    const books = async () => [await held("deferred:USD"), await held("sales:USD"), await held("breakage:USD")];
    await buy();
    expect(await books()).toEqual([100, -100, 0]);
    await consumeCredits(ctx, spending(id, 1));
    await sweepCredits(ctx);
    expect(await books()).toEqual([67, -67, 0]);
    await ctx.db.transaction((tx) => reclaimPurchase(tx, { sourceId: `buy_${id}`, key: "r1", credits: 1 }));
    await sweepCredits(ctx);
    expect(await books()).toEqual([34, -34, 0]);
    shop.setNow(LATER);
    await sweepCredits(ctx);
    await sweepCredits(ctx);
    const [deferred, , breakage] = await books();
    expect([deferred, breakage]).toEqual([0, 33]);
  });
});

describe("R16: a purchase that is paid back", () => {
  const reclaim = (sourceId: string, key: string, credits?: number) =>
    ctx.db.transaction((tx) => reclaimPurchase(tx, { sourceId, key, credits }));
  const bought = async (credits: number) => {
    const id = await customer();
    const sourceId = `buy_${id}`;
    await grant(id, credits, { source: "purchase", sourceId });
    return { id, sourceId };
  };

  it("loses its unspent credits and no others; the spent ones wait for staff", async () => {
    const { id, sourceId } = await bought(100);
    await grant(id, 50, { costBasis: "free", priority: 5 });
    await consumeCredits(ctx, spending(id, 60));
    const first = await reclaim(sourceId, "refund:1");
    expect(first).toMatchObject({ taken: 40, waiting: 0, spent: 60, replayed: false });
    expect(await reclaim(sourceId, "refund:1")).toEqual({ ...first, replayed: true });
    expect(await balance(id)).toMatchObject({ available: 50, debt: 0 });
    expect(await reclaim(sourceId, "refund:2")).toMatchObject({ taken: 0, spent: 0 });
  });

  it("in part loses as much as was paid back", async () => {
    const { id, sourceId } = await bought(100);
    expect(await reclaim(sourceId, "refund:part", 30)).toMatchObject({ taken: 30, spent: 0 });
    expect((await balance(id)).available).toBe(70);
  });

  it("while credits are held takes them when they are let go, and asks staff about those that were used", async () => {
    const { id, sourceId } = await bought(10);
    const { reservationId } = await reserveCredits(ctx, spending(id, 8));
    expect(await reclaim(sourceId, "refund:held")).toMatchObject({ taken: 2, waiting: 8, spent: 0 });
    await confirmReservation(ctx, { customerId: id, reservationId, credits: 3 });
    await sweepCredits(ctx);
    expect(await balance(id)).toMatchObject({ available: 0, held: 0 });
    const rows =
      await sql`select taken_credits::int taken, spent_credits::int spent from credit_reclaims where source_id = ${sourceId} order by created_at, id`;
    expect(rows.slice(1)).toEqual([{ taken: 5, spent: 3 }]);
  });

  it("while credits are held never makes what has run out since something that was used", async () => {
    const id = await customer();
    await grant(id, 10, { source: "purchase", sourceId: `ends_${id}`, expiresAt: new Date("2026-12-01T00:00:00Z") });
    const { reservationId } = await reserveCredits(ctx, spending(id, 8));
    shop.setNow(LATER);
    expect(await reclaim(`ends_${id}`, "refund:ended")).toMatchObject({ taken: 2, waiting: 8, spent: 0 });
    await releaseReservation(ctx, { customerId: id, reservationId });
    // The sweep was past this customer when the reservation ended, and comes to the end of the grant first.
    await expireGrants(ctx);
    await sweepCredits(ctx);
    const rows = await sql`select taken_credits::int taken, spent_credits::int spent from credit_reclaims
      where source_id = ${`ends_${id}`} order by created_at, id`;
    expect(rows).toEqual([
      { taken: 2, spent: 0 },
      { taken: 8, spent: 0 },
    ]);
    const [row] = await sql`select reclaimed::int, expired::int from credit_grants where customer_id = ${id}`;
    expect(row).toEqual({ reclaimed: 10, expired: 0 });
  });

  it("against consumption at the same moment: each credit is used or taken back, none both", async () => {
    const { id, sourceId } = await bought(40);
    const [ends, end] = await Promise.all([
      Promise.allSettled(Array.from({ length: 40 }, () => consumeCredits(ctx, spending(id, 1)))),
      reclaim(sourceId, "refund:race"),
    ]);
    const used = ends.filter(({ status }) => status === "fulfilled").length;
    expect(used + end.taken).toBe(40);
    expect(await held(`liability_paid:${id}`)).toBe(0);
  });
});

describe("what is due", () => {
  it("one that fails is told of and stands in nobody's way: each is decided alone", async () => {
    const [poisoned, other] = [await customer(), await customer()];
    const soon = new Date("2026-11-21T00:00:00Z");
    const price = money(100, "USD");
    for (const id of [poisoned, other]) {
      await grant(id, 10, { source: "purchase", sourceId: `alone_${id}`, priority: -3 });
      const { reservationId } = await reserveCredits(ctx, spending(id, 10));
      await ctx.db.transaction((tx) => reclaimPurchase(tx, { sourceId: `alone_${id}`, key: `alone:${id}` }));
      await grant(id, 10, { money: price, priority: -2 });
      await consumeCredits(ctx, spending(id, 4));
      await reserveCredits(ctx, { ...spending(id, 1), seconds: 60 });
      await releaseReservation(ctx, { customerId: id, reservationId });
      await grant(id, 10, { expiresAt: soon });
    }
    const parts = ["expiry", "money", "owed_back", "reservation"];
    const told = async () => {
      const rows =
        await sql`select subject, detail from alerts where kind = 'credits.due_failed' and resolved_at is null`;
      for (const { detail } of rows) expect(detail).toMatch(/: it is poisonous$/);
      return rows.map(({ subject }) => String(subject).split(" ").slice(0, 2).join(" ")).toSorted();
    };
    const left = async (id: string) => {
      const [row] = await sql`select sum(expired)::int expired, sum(reclaimed)::int reclaimed, sum(held)::int held,
        sum(booked_credits)::int booked from credit_grants where customer_id = ${id}`;
      return row;
    };
    await owner.sql.unsafe(`create function poison() returns trigger language plpgsql as $$
        begin if new.customer_id = '${poisoned}' then raise exception 'it is poisonous'; end if; return new; end $$;
      create trigger poison before update on credit_grants for each row execute function poison();
      create trigger poison before update on credit_reservations for each row execute function poison();`);
    shop.setNow(LATER);
    const [before, done] = [await left(poisoned), {}];
    for (let pass = 0; pass < 2; pass++) {
      await sweepCredits(ctx);
      expect(await left(poisoned)).toEqual(before);
      Object.assign(done, await left(other));
      expect(done).toEqual({ expired: 10, reclaimed: 10, held: 0, booked: 4 });
      expect(await told()).toEqual(parts.map((part) => `${poisoned} ${part}`));
    }
    await owner.sql.unsafe(
      `drop trigger poison on credit_grants; drop trigger poison on credit_reservations; drop function poison();`,
    );
    await sweepCredits(ctx);
    expect(await left(poisoned)).toEqual(done);
    expect(await told()).toEqual([]);
  });

  it("is decided however many fail before it, and those that fail are tried again in turn", async () => {
    const id = await customer();
    await sql`insert into credit_reclaims (id, key, customer_id, source_id, wanted_credits, taken_credits, waiting_credits,
        spent_credits, created_at)
      select 'crc_many' || lpad(n::text, 3, '0'), 'many:' || n, ${id}, ${`many_${id}`}, 0, 0, 0, 0, now()
      from generate_series(1, 401) n`;
    await sql`insert into alerts (id, kind, subject, detail, raised_at)
      select 'alr_' || id, 'credits.due_failed', customer_id || ' many ' || id, 'it failed', now() - interval '1 day' + n * interval '1 second'
      from (select id, customer_id, row_number() over (order by id) n from credit_reclaims where customer_id = ${id}) r where n <= 400`;
    const tried: string[] = [];
    const due = await decideEach(ctx, {
      part: "many",
      find: (tx, which) =>
        tx
          .select({ id: creditReclaims.id, customerId: creditReclaims.customerId })
          .from(creditReclaims)
          .where(and(eq(creditReclaims.customerId, id), among(creditReclaims.id, which)))
          .orderBy(asc(creditReclaims.id))
          .limit(200),
      async decide(row) {
        tried.push(row.id);
        if (row.id !== "crc_many401") throw new Error("it fails");
      },
    });
    expect([due, tried[0], tried.length]).toEqual([201, "crc_many401", 201]);
    const oldest = tried.filter((name) => name <= "crc_many200");
    // Any 200 of 400: the oldest alone would be so in no story of this world.
    expect(oldest.length).toBeLessThan(200);
    await sql`update alerts set resolved_at = now() where subject like ${`${id} many %`}`;
  });
});

it("afterwards the books balance", async () => {
  expect((await verifyLedger(ctx)).problems).toEqual([]);
});
