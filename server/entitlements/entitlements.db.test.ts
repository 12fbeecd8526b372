import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import type { Actor } from "../kernel/actor.ts";
import { createEntitlementBook } from "./entitlement-book.ts";
import { hasEntitlement } from "./has-entitlement.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const ada = await shop.member("ada@example.se");
const bo = await shop.member("bo@example.se");
const org = (who: typeof ada) => `org_${who.userId.replace("usr_", "")}`;
const as = (who: typeof ada): Actor => ({
  kind: "customer",
  userId: who.userId,
  customerId: who.customerId ?? "",
  tokens: [],
});

const apply = (id: string, plan: string, cause = "test") =>
  sql.begin(async (tx) => {
    await tx`select set_config('app.cause', ${cause}, true)`;
    await tx`select pf_apply_plan_entitlements(${id}, ${plan})`;
  });
async function effective(id: string): Promise<Record<string, unknown>> {
  const rows =
    await sql`select feature, value from entitlements_effective where organization_id = ${id} order by feature`;
  return Object.fromEntries(rows.map(({ feature, value }) => [feature, value]));
}
const changes = (id: string) =>
  sql`select from_plan, to_plan, cause_event from runs.telemetry where organization_id = ${id} order by at, id`;
const except = (id: string, feature: string, value: unknown, from = "-1 hour", to: string | null = null) =>
  sql`insert into entitlements (id, organization_id, feature, value, source, starts_at, ends_at, reason, created_by, created_at)
    values (${`ent_test_${Math.random()}`}, ${id}, ${feature}, ${JSON.stringify(value)}::text::jsonb, 'override', app_now() + ${from}::interval,
      ${to === null ? null : sql`app_now() + ${to}::interval`}, 'because', 'staff:x', app_now())`;
const replaceExceptions = (id: string) =>
  sql`update entitlements set replaced_at = app_now() where organization_id = ${id} and source = 'override' and replaced_at is null`;

describe("what an organization may do", () => {
  it("is the pilot's from its first moment, without a row about a change", async () => {
    expect(await effective(org(ada))).toEqual({
      ...{ canExportBundleZip: false, canExportJSON: false, canExportMD: true, canExportPDF: false },
      ...{ canUseAllModules: false, canUseGptTestReal: false, hasAPI: false, hasCloudHistory: false },
      ...{ hasEvaluatorAI: false, hasSeatsGT1: false, hasWhiteLabel: false, seats: 1 },
    });
    expect(await changes(org(ada))).toEqual([]);
  });

  it("follows the plan that is applied, once however often it is, and is told with its cause", async () => {
    await apply(org(ada), "enterprise", "subscription.activated sub_1");
    await Promise.all([1, 2, 3].map(() => apply(org(ada), "enterprise", "again")));
    expect(await effective(org(ada))).toMatchObject({ hasAPI: true, seats: 5, hasSeatsGT1: true, canExportMD: true });
    expect(await changes(org(ada))).toEqual([
      { from_plan: "pilot", to_plan: "enterprise", cause_event: "subscription.activated sub_1" },
    ]);
    const [rows] = await sql`select count(*)::int as all, count(*) filter (where replaced_at is null)::int as present
      from entitlements where organization_id = ${org(ada)}`;
    expect(rows).toEqual({ all: 22, present: 11 });
    await apply(org(ada), "pro");
    await apply(org(ada), "no-such-plan", "subscription.canceled sub_1");
    expect(await effective(org(ada))).toMatchObject({ hasAPI: false, seats: 1, canExportPDF: false });
    expect((await changes(org(ada))).map(({ to_plan }) => to_plan)).toEqual(["enterprise", "pro", "pilot"]);
  });

  it("of a plan that is sold no longer is the pilot, but for whoever has bought it", async () => {
    await apply(org(ada), "enterprise");
    const undone = new Error("undone");
    let held: readonly unknown[] = [];
    await sql
      .begin(async (tx) => {
        await tx`update plan_versions set status = 'retired' where plan_code = 'pro'`;
        await tx`select pf_apply_plan_entitlements(${org(ada)}, 'pro')`;
        held = await tx`select feature, value from entitlements_effective where organization_id = ${org(ada)}
          and feature in ('hasAPI', 'canExportPDF', 'seats') order by 1`;
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    expect(held).toEqual([
      { feature: "canExportPDF", value: false },
      { feature: "hasAPI", value: false },
      { feature: "seats", value: 1 },
    ]);
    await apply(org(ada), "pilot");
  });

  it("of no organization is refused", async () => {
    await expect(apply("org_none", "pro")).rejects.toThrow("there is no organization");
  });

  it("keeps what staff said, from when until when", async () => {
    await except(org(ada), "canExportPDF", true);
    await apply(org(ada), "pilot");
    expect(await effective(org(ada))).toMatchObject({ canExportPDF: true });
    await apply(org(ada), "enterprise");
    await replaceExceptions(org(ada));
    await except(org(ada), "seats", 1);
    expect(await effective(org(ada))).toMatchObject({ seats: 1, hasSeatsGT1: false, hasAPI: true });
    await replaceExceptions(org(ada));
    await except(org(ada), "hasAPI", false, "1 hour");
    expect(await effective(org(ada))).toMatchObject({ hasAPI: true, seats: 5 });
    await replaceExceptions(org(ada));
    await except(org(ada), "hasAPI", false, "-2 hours", "-1 hour");
    expect(await effective(org(ada))).toMatchObject({ hasAPI: true });
    await replaceExceptions(org(ada));
  });

  it("is history: nothing of it can be rewritten", async () => {
    await expect(sql`update entitlements set value = 'true' where organization_id = ${org(ada)}`).rejects.toThrow(
      "replaced, never changed",
    );
    await expect(
      sql`update entitlements set replaced_at = app_now() where organization_id = ${org(ada)} and replaced_at is not null`,
    ).rejects.toThrow("never changed");
  });

  it("is seen by its members alone", async () => {
    const { runtime } = shop;
    const count = (who: typeof ada) =>
      runtime.ctx(as(who), "test").db.transaction(async (tx) => {
        const rows = await tx.execute<{ organization_id: string }>(
          "select distinct organization_id from entitlements_effective",
        );
        return rows.map((row) => row.organization_id);
      });
    expect(await count(ada)).toEqual([org(ada)]);
    expect(await count(bo)).toEqual([org(bo)]);
  });
});

describe("what a process keeps of it", () => {
  it("is asked for once by many at a time, and a change is seen within a second", async () => {
    let now = 0;
    let reads = 0;
    const { member } = shop.runtime;
    if (!member) throw new Error("web has a member connection");
    const counting = {
      unsafe(...asked: Parameters<typeof member.sql.unsafe>) {
        reads++;
        return member.sql.unsafe(...asked);
      },
    };
    const book = createEntitlementBook(counting as typeof member.sql, () => now);
    const ctx = { providers: { entitlements: book }, now: () => new Date() };
    const ask = () => hasEntitlement(ctx, org(bo), "canExportPDF");
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([false, false, false]);
    expect(reads).toBe(1);
    await apply(org(bo), "pro");
    now = 1_000;
    expect(await ask()).toBe(true);
    expect(reads).toBe(2);
    expect(await hasEntitlement(ctx, org(bo), "noSuchFeature")).toBe(false);
    expect(await hasEntitlement(ctx, "org_none", "canExportMD")).toBe(false);
  });

  it("asks for the time once and not for each feature or organization", async () => {
    const looks = await sql.begin(async (tx) => {
      const looked = async () =>
        (
          await tx`select (seq_scan + coalesce(idx_scan, 0))::int as n from pg_stat_xact_user_tables where relname = 'app_clock'`
        )[0]?.n;
      const before = await looked();
      const [organizations, members] = [Array(20).fill(org(ada)), Array(20).fill(ada.userId)];
      await tx`select * from app.entitlements_of_many(${organizations}::text[], ${members}::text[])`;
      return (await looked()) - before;
    });
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(5);
  });

  it("is read for all who ask in the same moment at once, and each is told of the own", async () => {
    const { member } = shop.runtime;
    if (!member) throw new Error("web has a member connection");
    let reads = 0;
    const counting = {
      unsafe: (...query: Parameters<typeof member.sql.unsafe>) => {
        reads += 1;
        return member.sql.unsafe(...query);
      },
    };
    const book = createEntitlementBook(counting as typeof member.sql, () => 0);
    const ask = (id: string, who: string | null) => book.look(id, who, new Date());
    const asked = [
      ask(org(ada), ada.userId),
      ask("org_none", ada.userId),
      ask(org(bo), ada.userId),
      ask("org_\0", null),
      ask(org(bo), bo.userId),
      ask(org(ada), null),
    ];
    const told = await Promise.all(asked);
    expect(told.map((held) => held?.role ?? null)).toEqual(["owner", null, null, null, "owner", null]);
    expect(told.map((held) => held === null)).toEqual([false, true, false, true, false, false]);
    expect(reads).toBe(1);
    const alone = async (id: string, who: string | null) =>
      (await sql`select app.entitlements_of(${id}, ${who}) as held`)[0]?.held;
    expect([told[0], told[4], told[5]]).toEqual([
      await alone(org(ada), ada.userId),
      await alone(org(bo), bo.userId),
      await alone(org(ada), null),
    ]);
  });

  it("ends on time by the business clock, however fresh it is", async () => {
    const { member } = shop.runtime;
    if (!member) throw new Error("web has a member connection");
    await except(org(bo), "hasAPI", true, "-1 hour", "1 hour");
    const book = createEntitlementBook(member.sql, () => 0);
    const at = (hours: number) => new Date(shop.runtime.clock.now().getTime() + hours * 3_600_000);
    const first = await book.look(org(bo), bo.userId, at(0));
    expect(first).toMatchObject({ role: "owner", plan: { code: "pro" }, entitlements: { hasAPI: true } });
    expect(await book.look(org(bo), bo.userId, at(0.5))).toBe(first);
    expect(await book.look(org(bo), bo.userId, at(2))).not.toBe(first);
    expect(await book.look(org(bo), ada.userId, at(0))).toMatchObject({ role: null });
  });
});
