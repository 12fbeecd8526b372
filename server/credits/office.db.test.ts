import { sql as drizzleSql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import type { Actor, StaffRole } from "../kernel/actor.ts";
import { databaseFor } from "../kernel/db.ts";
import { verifyLedger } from "../ledger/index.ts";
import { adjustCredits, decideAdjustment } from "./adjust-credits.ts";
import { withinLimit } from "./adjustment-limit.ts";
import { carryOutAdjustment, carryOutReclaim } from "./carry-out-adjustment.ts";
import { decideReclaim } from "./decide-reclaim.ts";
import { consumeCredits, reclaimPurchase } from "./index.ts";
import { creditsOfCustomer } from "./office-queries.ts";

const shop = await testCreditShop();
const { ctx, sql, customer, grant, balance, spending } = shop;

/** A member of staff, in web's role. */
function staff(role: StaffRole, userId = `usr_${role}`) {
  const actor: Actor = { kind: "staff", userId, role, customerId: null, tokens: [] };
  return { ...ctx, actor, db: databaseFor(shop.member, { actor, now: ctx.now, reactions: {} }) };
}
/** The database knows which day it is, whatever it is told. */
const setDatabaseClock = (at: Date) =>
  sql`update app_clock set offset_ms = ${at.getTime() - Date.now()}, version = version + 1`;
await setDatabaseClock(ctx.now());
let keys = 0;
const wish = (customerId: string, kind: "add" | "remove", credits: number) => ({
  ...{ customerId, kind, credits, reason: "goodwill", key: `form:${++keys}` },
});
async function settle() {
  for (const { id } of await sql`select id from credit_adjustments`) {
    await carryOutAdjustment(ctx, { adjustmentId: id });
    await carryOutAdjustment(ctx, { adjustmentId: id });
  }
}

describe("an adjustment", () => {
  it("within the role's limit is carried out once, however often the form is sent", async () => {
    const id = await customer();
    const asked = wish(id, "add", 500);
    const first = await adjustCredits(staff("support"), asked);
    expect(first.waits).toBe(false);
    expect(await adjustCredits(staff("support"), asked)).toEqual(first);
    await settle();
    expect((await balance(id)).available).toBe(500);
  });

  it("is within it for one customer and day in all, not for each step of it", async () => {
    const id = await customer();
    const ask = (credits: number, as = staff("support")) => adjustCredits(as, wish(id, "add", credits));
    expect((await ask(300)).waits).toBe(false);
    expect((await ask(201)).waits).toBe(true);
    expect((await ask(200)).waits).toBe(false);
    expect((await ask(1)).waits).toBe(true);
    // Somebody else's word is their own, and so is another customer's day.
    expect((await ask(500, staff("support", "usr_second"))).waits).toBe(false);
    const other = await customer();
    await grant(other, 500);
    expect((await adjustCredits(staff("support"), wish(other, "remove", 500))).waits).toBe(false);
    await sql`update credit_adjustments set requested_at = requested_at - interval '1 day' where customer_id = ${id}`;
    expect((await ask(500)).waits).toBe(false);
  });

  it("ten at once do not count on the same room", async () => {
    const id = await customer();
    const asked = Array.from({ length: 10 }, () => adjustCredits(staff("support"), wish(id, "add", 100)));
    const own = (await Promise.all(asked)).filter(({ waits }) => !waits);
    expect(own.length).toBe(5);
  });

  it.each([
    ["owner", 9_007_199_254_740_991],
    ["finance", 10_000],
    ["support", 500],
    ["marketing", 0],
    ["read_only", 0],
  ] as const)("of %s is limited by the database as by the procedures", async (role, limit) => {
    const [row] = await staff(role).db.transaction((tx) =>
      tx.execute<{ most: string }>(drizzleSql`select app.adjustment_limit() as most`),
    );
    expect(Number(row?.most)).toBe(limit);
    expect([withinLimit(role, limit), withinLimit(role, limit + 1)]).toEqual([true, false]);
  });

  it("beyond the limit is refused by the database, whatever web says of it", async () => {
    const id = await customer();
    const insert = (credits: number, at: Date, role: StaffRole = "support") =>
      staff(role).db.transaction((tx) =>
        tx.execute(drizzleSql`insert into credit_adjustments
          (id, key, customer_id, kind, credits, reason, within_limit, requested_by, requested_at, decision, decided_by, decided_at)
          values (${`cad_${++keys}`}, ${`raw:${keys}`}, ${id}, 'add', ${credits}, 'x', true, ${`usr_${role}`}, ${at.toISOString()},
            'approved', ${`usr_${role}`}, now())`),
      );
    await expect(insert(501, ctx.now())).rejects.toThrow();
    await insert(500, ctx.now());
    await expect(insert(1, ctx.now())).rejects.toThrow();
    const yesterday = new Date(ctx.now().getTime() - 86_400_000);
    await expect(insert(1, yesterday)).rejects.toThrow();
    await expect(insert(1, ctx.now(), "read_only")).rejects.toThrow();
    // Ten minutes before the shop's midnight the room of the next day is not there yet, whatever instant is named.
    await setDatabaseClock(new Date("2026-11-21T22:50:00Z"));
    await expect(insert(1, new Date("2026-11-21T23:20:00Z"))).rejects.toThrow();
    await insert(500, new Date("2026-11-21T22:50:00Z"));
    await setDatabaseClock(ctx.now());
    const { id: large } = await adjustCredits(staff("owner"), { ...wish(id, "add", 20_000) });
    await sql`update credit_adjustments set within_limit = false, decision = null, decided_by = null where id = ${large}`;
    await expect(
      staff("finance").db.transaction((tx) =>
        tx.execute(
          drizzleSql`update credit_adjustments set decision = 'approved', decided_by = 'usr_finance' where id = ${large}`,
        ),
      ),
    ).rejects.toThrow();
  });

  it("is refused for a guest, whose credits would not move to their account", async () => {
    await sql`insert into customers (id, email, email_normalized, locale, created_at)
      values ('cus_guest', 'guest@example.se', 'guest@example.se', 'sv', now())`;
    await expect(adjustCredits(staff("owner"), wish("cus_guest", "add", 5))).rejects.toMatchObject({
      code: "credits.needs_account",
    });
  });

  it("beyond it waits for somebody else whose limit reaches", async () => {
    const id = await customer();
    const { id: adjustment, waits } = await adjustCredits(staff("finance"), wish(id, "add", 20_000));
    expect(waits).toBe(true);
    const decide = (as: ReturnType<typeof staff>) =>
      decideAdjustment(as, { id: adjustment, approve: true, reason: "agreed" });
    await expect(decide(staff("finance"))).rejects.toMatchObject({ code: "credits.four_eyes" });
    await expect(decide(staff("finance", "usr_other"))).rejects.toMatchObject({ code: "credits.over_limit" });
    await settle();
    expect((await balance(id)).available).toBe(0);
    await decide(staff("owner"));
    await expect(decide(staff("owner"))).rejects.toMatchObject({ code: "credits.adjustment_decided" });
    await settle();
    expect((await balance(id)).available).toBe(20_000);
  });

  it("takes unspent credits in the order in which they would be spent, whole or not at all", async () => {
    const id = await customer();
    await grant(id, 10, { priority: 1 });
    await grant(id, 5);
    await expect(adjustCredits(staff("owner"), wish(id, "remove", 16))).rejects.toMatchObject({
      code: "credits.too_few_to_take",
      details: { available: 15 },
    });
    await settle();
    expect((await balance(id)).available).toBe(15);
    await adjustCredits(staff("owner"), wish(id, "remove", 7));
    await settle();
    const rows = await sql`select remaining::int left from credit_grants where customer_id = ${id} order by priority`;
    expect(rows.map(({ left }) => left)).toEqual([0, 8]);
  });

  it("stands on the customer's page with what became of it, also where it came to nothing", async () => {
    const id = await customer();
    await grant(id, 10);
    await adjustCredits(staff("owner"), wish(id, "remove", 8));
    await consumeCredits(ctx, spending(id, 5));
    await settle();
    await adjustCredits(staff("finance"), wish(id, "add", 20_000));
    await adjustCredits(staff("owner"), wish(id, "add", 1));
    const states = async () => {
      const page = await staff("owner").db.transaction((tx) => creditsOfCustomer(tx, { customerId: id }));
      return page.adjustments.map(({ credits, state }) => [credits, state]).toSorted();
    };
    expect(await states()).toEqual([
      [1, "under_way"],
      [20_000, "waits"],
      [8, "insufficient"],
    ]);
    await settle();
    expect(await states()).toContainEqual([1, "done"]);
    expect((await balance(id)).available).toBe(6);
  });

  it("approved by whoever asked is refused by the database as well", async () => {
    const id = await customer();
    await expect(
      sql`insert into credit_adjustments (id, key, customer_id, kind, credits, reason, within_limit, requested_by, requested_at, decision, decided_by, decided_at)
        values ('cad_x', 'x', ${id}, 'add', 1, 'x', false, 'usr_x', now(), 'approved', 'usr_x', now())`,
    ).rejects.toThrow("credit_adjustments_four_eyes");
  });
});

describe("credits that were spent before their purchase was paid back", () => {
  const spentAndRefunded = async () => {
    const id = await customer();
    await grant(id, 10, { source: "purchase", sourceId: `buy_${id}` });
    await consumeCredits(ctx, spending(id, 6));
    const { reclaimId } = await ctx.db.transaction((tx) =>
      reclaimPurchase(tx, { sourceId: `buy_${id}`, key: `r:${id}` }),
    );
    return { id, reclaimId: reclaimId ?? "" };
  };

  it("become a debt that the next grant settles, when staff say so", async () => {
    const { id, reclaimId } = await spentAndRefunded();
    await decideReclaim(staff("finance"), { id: reclaimId, decision: "debt", reason: "used them first" });
    await carryOutReclaim(ctx, { reclaimId });
    await carryOutReclaim(ctx, { reclaimId });
    expect(await balance(id)).toMatchObject({ available: 0, debt: 6 });
    expect((await grant(id, 10)).newTotal).toBe(4);
  });

  it("are let go, when staff say so; decided is decided", async () => {
    const { id, reclaimId } = await spentAndRefunded();
    const decide = (decision: "debt" | "let_go") =>
      decideReclaim(staff("owner"), { id: reclaimId, decision, reason: "our fault" });
    await decide("let_go");
    await expect(decide("debt")).rejects.toMatchObject({ code: "credits.reclaim_decided" });
    await carryOutReclaim(ctx, { reclaimId });
    expect(await balance(id)).toMatchObject({ available: 0, debt: 0 });
  });
});

it("afterwards the books balance", async () => {
  expect((await verifyLedger(ctx)).problems).toEqual([]);
});
