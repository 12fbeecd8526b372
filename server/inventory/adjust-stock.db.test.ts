import { afterAll, describe, expect, it } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import type { Actor } from "../kernel/actor.ts";
import { technicalClock } from "../kernel/clock.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { connect, databaseFor } from "../kernel/db.ts";
import { createLog } from "../kernel/log.ts";
import { adjustStock } from "./adjust-stock.ts";
import { adjustStockInput } from "./input.ts";
import { listMovements, stockOfProduct } from "./queries.ts";

const { urls } = await testDatabase();
const member = connect(urls.member, { name: "test-member", max: 8 });
const service = connect(urls.service, { name: "test-service", max: 2 });
afterAll(() => Promise.all([member.close(), service.close()]));
await seedDemo({ serviceUrl: urls.service });

const now = () => new Date();
const as = (actor: Actor): Ctx => ({
  db: databaseFor(member, { actor, now, reactions: {} }),
  actor,
  now,
  technical: technicalClock,
  providers: {},
  log: createLog({ process: "test", level: "fatal" }),
  requestId: "test",
});
const staff = as({ kind: "staff", userId: "usr_staff", role: "owner", customerId: null, tokens: [] });
const visitor = as({ kind: "anonymous", tokens: [] });
const of = { variantId: "foam-roller-one", locationId: "warehouse" };
const adjust = (ctx: Ctx, input: object) => adjustStock(ctx, adjustStockInput.parse({ ...of, ...input }));
const onHand = async () =>
  (
    await service.sql`select on_hand from stock_levels where variant_id = ${of.variantId} and location_id = ${of.locationId}`
  )[0]?.on_hand;

describe("staff say what lies there", () => {
  it("goods came: the level, the movement and the audit entry are one", async () => {
    expect(
      await adjust(staff, { change: { by: 5 }, reason: "received", note: "delivery 81", key: "delivery-81" }),
    ).toEqual({
      onHand: 40,
      reserved: 0,
    });
    const { items } = await staff.db.transaction((tx) => listMovements(tx, { productId: "foam-roller", limit: 1 }));
    expect(items).toMatchObject([{ delta: 5, reason: "received", note: "delivery 81", actor: "staff:usr_staff" }]);
    const acts = await service.sql`select action, subject, actor from audit_entries`;
    expect(acts).toEqual([{ action: "inventory.adjust", subject: of.variantId, actor: "staff:usr_staff" }]);
  });

  it("the same key moves them once, also when it is sent five times at once", async () => {
    const twice = { change: { by: -3 }, reason: "damaged", key: "broken-in-transit" };
    const before = await onHand();
    await Promise.all(Array.from({ length: 5 }, () => adjust(staff, twice).catch((error: Error) => error)));
    await adjust(staff, twice);
    expect(await onHand()).toBe(before - 3);
    await expect(adjust(staff, { ...twice, locationId: "front-desk" })).rejects.toThrow(/idempotency key/);
  });

  it("a count is a movement of the difference, whoever else moves goods meanwhile", async () => {
    await Promise.all([
      adjust(staff, { change: { by: 1 }, reason: "returned", key: "returned-1" }),
      adjust(staff, { change: { counted: 12 }, reason: "counted", key: "count-of-friday" }),
    ]);
    expect([12, 13]).toContain(await onHand());
    const { levels } = await staff.db.transaction((tx) => stockOfProduct(tx, "foam-roller"));
    expect(levels.find((level) => level.locationId === of.locationId)?.onHand).toBe(await onHand());
    const [row] =
      await service.sql`select sum(delta)::int as n from stock_movements where variant_id = ${of.variantId} and location_id = ${of.locationId}`;
    expect(row?.n).toBe(await onHand());
    const count = { change: { counted: await onHand() }, reason: "counted", key: "count-of-saturday" };
    await expect(adjust(staff, count)).rejects.toThrow(/lie there already/);
  });

  it("never fewer than are set aside, nor below nothing", async () => {
    await expect(adjust(staff, { change: { by: -500 }, reason: "correction", key: "too-many" })).rejects.toMatchObject({
      code: "inventory.too_few",
    });
  });

  it.each([
    ["of nothing", { variantId: "no-such-thing" }],
    ["nowhere", { locationId: "nowhere" }],
  ])("%s: refused", async (_name, wrong) => {
    const input = { change: { by: 1 }, reason: "received", key: "wrong-place", ...wrong };
    await expect(adjust(staff, input)).rejects.toMatchObject({ code: "inventory.not_found" });
  });
});

describe("nobody else moves goods", () => {
  it("visitors see no level, and write no movement", async () => {
    const seen = await visitor.db.transaction((tx) => stockOfProduct(tx, "foam-roller"));
    expect(seen.levels).toEqual([]);
    await expect(adjust(visitor, { change: { by: 1 }, reason: "received", key: "mine-all-mine" })).rejects.toThrow();
    expect(
      (await service.sql`select 1 from stock_movements where idempotency_key = 'staff:mine-all-mine'`).length,
    ).toBe(0);
  });

  it("not even the service role writes a level by hand, or a movement anew", async () => {
    await expect(service.sql`update stock_levels set on_hand = 99`).rejects.toThrow(/follow/);
    await expect(service.sql`delete from stock_levels`).rejects.toThrow(/append-only/);
    await expect(service.sql`update stock_movements set delta = 1`).rejects.toThrow(/append-only/);
  });

  it("a visitor sets nothing aside for a purchase of somebody else's", async () => {
    await expect(member.sql`select * from app.reserve_stock('chk_unknown')`).rejects.toThrow(/no such purchase/);
  });
});
