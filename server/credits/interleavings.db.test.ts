import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import { credit, creditsAccount, debit, liabilityAccount, post, verifyLedger } from "../ledger/index.ts";
import { expireGrants } from "./expire-grants.ts";
import { consumeCredits, createCreditDesk, reclaimPurchase, reserveCredits } from "./index.ts";

const shop = await testCreditShop();
const { ctx, sql, owner, customer, grant, balance, spending } = shop;
const code = (wanted: string) => expect.objectContaining({ code: wanted });
const fulfilled = (ends: PromiseSettledResult<unknown>[]) => ends.filter(({ status }) => status === "fulfilled").length;

/** A second program of the same shop, with a desk of its own: what one gathers the other does not know of. */
const elsewhere = { ...ctx, providers: { creditDesk: createCreditDesk(shop.service.sql) } };

describe("R16: two at once", () => {
  it("lost update: what one takes the other has not", async () => {
    const id = await customer();
    await grant(id, 100);
    const ends = await Promise.allSettled([
      ...Array.from({ length: 30 }, () => consumeCredits(ctx, spending(id, 3))),
      ...Array.from({ length: 30 }, () => consumeCredits(elsewhere, spending(id, 3))),
    ]);
    expect(fulfilled(ends)).toBe(33);
    expect((await balance(id)).available).toBe(1);
  });

  it("many get past a call that waits for somebody's lock, and those in line behind it have their turn", async () => {
    const [held = "", ...others] = await Promise.all(Array.from({ length: 41 }, customer));
    for (const id of [held, ...others]) await grant(id, 5);
    const lock = await sql.reserve();
    await lock`begin`;
    await lock`select 1 from credit_accounts where customer_id = ${held} for update`;
    const waits = consumeCredits(ctx, spending(held, 1));
    const onLine = async () => {
      const rows = await shop.member
        .sql`select 1 from pg_stat_activity where application_name = 'test-line' and wait_event_type = 'Lock'`;
      return rows.length;
    };
    await expect.poll(onLine).toBe(1);
    let answered = false;
    const behind = Promise.all(others.slice(0, 8).map((id) => consumeCredits(ctx, spending(id, 1)))).finally(() => {
      answered = true;
    });
    await setImmediate();
    const past = await Promise.all(others.slice(8).map((id) => consumeCredits(ctx, spending(id, 1))));
    expect(past.map(({ newTotal }) => newTotal)).toEqual(past.map(() => 4));
    expect(answered).toBe(false);
    await lock`commit`;
    lock.release();
    expect((await waits).newTotal).toBe(4);
    expect((await behind).map(({ newTotal }) => newTotal)).toEqual(others.slice(0, 8).map(() => 4));
  });

  it("write skew: two accounts that suffice together for one do not suffice for two", async () => {
    const id = await customer();
    await grant(id, 6, { costBasis: "paid" });
    await grant(id, 6, { costBasis: "free" });
    const ends = await Promise.allSettled([
      consumeCredits(ctx, spending(id, 10)),
      consumeCredits(elsewhere, spending(id, 10)),
      reserveCredits(elsewhere, spending(id, 10)),
    ]);
    expect(fulfilled(ends)).toBe(1);
    const { available, held } = await balance(id);
    expect([2, 12]).toContain(available + held);
  });

  it("read skew: a report that reads while credits move reads one moment", async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => customer()));
    for (const id of ids) await grant(id, 10_000);
    let moving = true;
    const move = async (id: string, as: typeof ctx) => {
      while (moving) await consumeCredits(as, spending(id, 1));
    };
    const movers = ids.flatMap((id) => [move(id, ctx), move(id, elsewhere)]);
    for (let i = 0; i < 8; i++) expect((await verifyLedger(ctx)).problems).toEqual([]);
    moving = false;
    await Promise.all(movers);
  });

  it("a grant that is made while another runs out loses nothing", async () => {
    const id = await customer();
    const until = new Date(ctx.now().getTime() + 3_600_000);
    await Promise.all(Array.from({ length: 20 }, () => grant(id, 5, { expiresAt: until })));
    shop.setNow(until);
    await Promise.all([
      expireGrants(ctx),
      expireGrants(elsewhere),
      ...Array.from({ length: 10 }, () => grant(id, 7)),
      expireGrants(ctx),
    ]);
    await expireGrants(ctx);
    expect((await balance(id)).available).toBe(70);
    const [row] = await sql`select sum(expired)::int expired from credit_grants where customer_id = ${id}`;
    expect(row?.expired).toBe(100);
  });

  it("consumption against a purchase that is paid back: each credit goes one way", async () => {
    const id = await customer();
    await grant(id, 60, { source: "purchase", sourceId: `buy_${id}` });
    const [ends, first, second] = await Promise.all([
      Promise.allSettled(
        Array.from({ length: 60 }, (_, i) => consumeCredits(i % 2 ? ctx : elsewhere, spending(id, 1))),
      ),
      ctx.db.transaction((tx) => reclaimPurchase(tx, { sourceId: `buy_${id}`, key: `a:${id}`, credits: 20 })),
      ctx.db.transaction((tx) => reclaimPurchase(tx, { sourceId: `buy_${id}`, key: `b:${id}` })),
    ]);
    expect(fulfilled(ends) + first.taken + second.taken).toBe(60);
    expect((await balance(id)).available).toBe(0);
  });

  it("batches that name the same customers in other orders never wait in a circle", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => customer()));
    for (const id of ids) await grant(id, 1_000);
    const rounds = Array.from({ length: 20 }, (_, round) =>
      Promise.all(
        (round % 2 ? ids : ids.toReversed()).flatMap((id) => [
          consumeCredits(ctx, spending(id, 1)),
          consumeCredits(elsewhere, spending(id, 1)),
        ]),
      ),
    );
    await Promise.all(rounds);
    for (const id of ids) expect((await balance(id)).available).toBe(960);
    const [row] = await sql`select deadlocks::int from pg_stat_database where datname = current_database()`;
    expect(row?.deadlocks).toBe(0);
  });
});

describe("R16: what PostgreSQL gives up", () => {
  const failing = async (times: number, work: () => Promise<void>) => {
    await owner.sql.unsafe(`
      create sequence given_up;
      create function give_up() returns trigger language plpgsql security definer as $$
        begin if nextval('public.given_up') <= ${times} then raise exception 'given up' using errcode = '40001'; end if; return new; end $$;
      create trigger give_up before insert on credit_operations for each row execute function give_up();`);
    try {
      await work();
    } finally {
      await owner.sql.unsafe(
        "drop trigger give_up on credit_operations; drop function give_up(); drop sequence given_up;",
      );
    }
  };

  it("is asked again, five times, and counts once", async () => {
    const id = await customer();
    await grant(id, 10);
    await failing(5, async () => {
      expect((await consumeCredits(ctx, spending(id, 4))).newTotal).toBe(6);
    });
    expect((await balance(id)).available).toBe(6);
  });

  it("and is then told to the caller, with nothing spent", async () => {
    const id = await customer();
    await grant(id, 10);
    const asked = spending(id, 4);
    await failing(6, async () => {
      await expect(consumeCredits(ctx, asked)).rejects.toEqual(code("credits.busy"));
    });
    expect((await balance(id)).available).toBe(10);
    expect(await consumeCredits(ctx, asked)).toMatchObject({ newTotal: 6, replayed: false });
  });
});

describe("R17: what was booked of credits", () => {
  it("is never changed or removed by the product's roles, and cannot be booked off balance", async () => {
    const id = await customer();
    await grant(id, 10);
    await consumeCredits(ctx, spending(id, 1));
    for (const role of [shop.member.sql, shop.service.sql])
      for (const table of ["credit_operations", "credit_allocations", "ledger_postings", "ledger_entries"]) {
        await expect(role.unsafe(`delete from ${table}`)).rejects.toThrow();
        await expect(role.unsafe(`truncate ${table} cascade`)).rejects.toThrow();
      }
    await expect(sql`update credit_operations set credits = 0 where customer_id = ${id}`).rejects.toThrow();
    await expect(sql`update ledger_entries set amount = amount + 1`).rejects.toThrow();
    const skewed = [debit(creditsAccount("issued"), 5), credit(liabilityAccount("paid", id), 4)];
    await expect(
      ctx.db.transaction((tx) => post(tx, { key: `skewed:${id}`, kind: "test.skewed", source: id, entries: skewed })),
    ).rejects.toThrow();
  });
});

it("afterwards the books balance", async () => {
  expect((await verifyLedger(ctx)).problems).toEqual([]);
});
