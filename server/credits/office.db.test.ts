import { describe, expect, it } from "vitest";
import { testCreditShop } from "../../scripts/test/credit-shop.ts";
import type { Actor, StaffRole } from "../kernel/actor.ts";
import { databaseFor } from "../kernel/db.ts";
import { verifyLedger } from "../ledger/index.ts";
import { adjustCredits, decideAdjustment } from "./adjust-credits.ts";
import { carryOutAdjustment, carryOutReclaim } from "./carry-out-adjustment.ts";
import { decideReclaim } from "./decide-reclaim.ts";
import { consumeCredits, reclaimPurchase } from "./index.ts";

const shop = await testCreditShop();
const { ctx, sql, customer, grant, balance, spending } = shop;

/** A member of staff, in web's role. */
function staff(role: StaffRole, userId = `usr_${role}`) {
  const actor: Actor = { kind: "staff", userId, role, customerId: null, tokens: [] };
  return { ...ctx, actor, db: databaseFor(shop.member, { actor, now: ctx.now, reactions: {} }) };
}
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
    await adjustCredits(staff("owner"), wish(id, "remove", 16));
    await settle();
    expect((await balance(id)).available).toBe(15);
    await adjustCredits(staff("owner"), wish(id, "remove", 7));
    await settle();
    const rows = await sql`select remaining::int left from credit_grants where customer_id = ${id} order by priority`;
    expect(rows.map(({ left }) => left)).toEqual([0, 8]);
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
