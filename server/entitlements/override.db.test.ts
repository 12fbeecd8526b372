import { describe, expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company, buy } = testPlans(shop);
const owner = await shop.member("agare@example.se");
const worker = await shop.member("anstalld@example.se");
const support = shop.browser({ session: { ...(await shop.member("stod@example.se")), staffRole: "support" as const } });
const organizationId = await company([
  [owner, "owner"],
  [worker, "member"],
]);
const office = () => support.caller.entitlements.office;
const mine = (who = owner) => shop.browser({ session: who }).caller.entitlements.explain({ organizationId });
const pdf = async (who = owner) => (await mine(who)).features.find(({ key }) => key === "canExportPDF");
const reason = "Agreed on the phone";
const inDays = (days: number) => new Date(shop.runtime.clock.now().getTime() + days * 86_400_000);

describe("why an organization has something or has it not", () => {
  it("its plan, and which plans would give it", async () => {
    expect(await pdf()).toMatchObject({
      ...{ value: false, because: { source: "plan", reason: null }, planValue: null },
      onPlans: { pilot: false, pro: true, enterprise: true },
    });
    const { features } = await mine();
    expect(features.find(({ key }) => key === "hasSeatsGT1")).toMatchObject({
      ...{ value: false, derived: true, onPlans: { pilot: false, pro: false, enterprise: true } },
    });
  });

  it("an exception that staff made, whose words are for staff", async () => {
    const endsAt = inDays(7);
    await office().setOverride({ organizationId, feature: "canExportPDF", value: true, endsAt, reason });
    expect(await pdf()).toMatchObject({
      ...{ value: true, planValue: false, because: { source: "override", endsAt, reason: null, createdBy: null } },
    });
    const { features } = await office().get({ organizationId });
    const { items: overrides } = await office().overrides({ organizationId });
    expect(features.find(({ key }) => key === "canExportPDF")).toMatchObject({
      because: { reason, createdBy: expect.stringContaining("staff:") },
    });
    expect(overrides).toMatchObject([
      { createdBy: expect.stringContaining("staff:"), who: expect.stringMatching(/\w/) },
    ]);
  });

  it("sent again changes nothing; another takes its place; ended, the plan's word holds", async () => {
    const { items: before } = await office().overrides({ organizationId });
    const endsAt = before[0]?.endsAt ?? undefined;
    await office().setOverride({ organizationId, feature: "canExportPDF", value: true, endsAt, reason });
    expect((await office().overrides({ organizationId })).items).toEqual(before);
    await Promise.allSettled(
      [1, 2, 3].map((n) => office().setOverride({ organizationId, feature: "seats", value: n, reason })),
    );
    expect(
      await sql`select count(*)::int as n from entitlements where organization_id = ${organizationId} and feature = 'seats' and source = 'override' and replaced_at is null`,
    ).toEqual([{ n: 1 }]);
    await office().endOverride({ organizationId, feature: "canExportPDF", reason });
    expect(await pdf()).toMatchObject({ value: false, because: { source: "plan" } });
    await expect(office().endOverride({ organizationId, feature: "canExportPDF", reason })).rejects.toThrow(
      "no such exception",
    );
    const acts =
      await sql`select action from audit_entries where subject = ${organizationId} and action like 'entitlements.%' group by 1 order by 1`;
    expect(acts.map(({ action }) => action)).toEqual(["entitlements.end_override", "entitlements.set_override"]);
  });

  it("only what the feature can be worth, to an end that is still to come", async () => {
    const set = (wish: object) =>
      office().setOverride({ organizationId, feature: "hasAPI", value: true, reason, ...wish });
    await expect(set({ value: 3 })).rejects.toThrow("another kind");
    await expect(set({ feature: "noSuch" })).rejects.toThrow("no such feature");
    await expect(set({ feature: "hasSeatsGT1" })).rejects.toThrow("seats");
    await expect(set({ endsAt: inDays(-1) })).rejects.toThrow("ends after");
  });

  it("says first what an exception would change, step by step, and changes nothing by that", async () => {
    const preview = (wish: object) =>
      office().previewOverride({ organizationId, feature: "canExportJSON", value: true, reason, ...wish });
    const soon = inDays(2);
    const steps = async (wish: object) =>
      (await preview(wish)).steps.map(({ at, value, source }) => [at.getTime() <= Date.now(), value, source]);
    expect(await preview({ startsAt: soon, days: 3 })).toEqual({
      ...{ feature: "canExportJSON", value: false, replaces: null, seatsOver: 0 },
      steps: [
        { at: soon, value: true, source: "override" },
        { at: new Date(soon.getTime() + 3 * 86_400_000), value: false, source: "plan" },
      ],
    });
    expect(await steps({})).toEqual([[true, true, "override"]]);
    await expect(preview({ value: 3 })).rejects.toThrow("another kind");
    await expect(preview({ startsAt: soon, endsAt: inDays(1) })).rejects.toThrow("ends after");
    expect((await office().overrides({ organizationId })).items.map(({ feature }) => feature)).not.toContain(
      "canExportJSON",
    );
    await office().setOverride({ organizationId, feature: "canExportJSON", value: true, reason });
    await office().setOverride({ organizationId, feature: "seats", value: 3, reason });
    // One that is to come takes the place of the one that is there: until then the plan's word holds.
    const later = await preview({ value: true, startsAt: soon });
    expect(later.replaces).toMatchObject({ value: true, endsAt: null });
    expect(later.steps.map(({ value, source }) => [value, source])).toEqual([
      [false, "plan"],
      [true, "override"],
    ]);
    const { members } = shop.browser({ session: owner }).caller.organizations;
    for (const { userId } of [owner, worker])
      await members.assignSeat({ organizationId, memberId: `omb_${organizationId}_${userId}` });
    expect(await preview({ feature: "seats", value: 1 })).toMatchObject({ seatsOver: 1 });
    expect(await preview({ feature: "seats", value: 2 })).toMatchObject({ seatsOver: 0 });
  });

  it("is shown as what it is: to come, holding, or over, by itself too", async () => {
    const days = 86_400_000;
    const [at, day] = [shop.runtime.clock.now().getTime(), (n: number) => new Date(at + n * days).toISOString()];
    await sql`update entitlements set replaced_at = app_now() where organization_id = ${organizationId} and source = 'override' and replaced_at is null`;
    for (const [feature, from, to] of [
      ["hasAPI", day(-3), day(-1)],
      ["hasWhiteLabel", day(1), null],
      ["hasCloudHistory", day(-1), day(1)],
    ] as const)
      await sql`insert into entitlements (id, organization_id, feature, value, source, starts_at, ends_at, reason, created_by, created_at)
        values (${`ent_state_${feature}`}, ${organizationId}, ${feature}, 'true', 'override', ${from}, ${to}, 'x', 'staff:x', app_now())`;
    const { items } = await office().overrides({ organizationId });
    const states = Object.fromEntries(items.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      ...{ ent_state_hasAPI: "over", ent_state_hasWhiteLabel: "coming", ent_state_hasCloudHistory: "present" },
    });
    expect(items.filter(({ replacedAt }) => replacedAt !== null).map(({ state }) => state)).not.toContain("present");
  });

  it("a member sees the plan and not the money; whoever pays sees both", async () => {
    await buy(owner, organizationId, "pro", "year");
    expect(await mine()).toMatchObject({
      role: "owner",
      plan: { code: "pro", version: 1 },
      subscription: { status: "active", amount: 49_000 },
    });
    expect(await mine(worker)).toMatchObject({ role: "member", plan: { code: "pro" }, subscription: null });
    const own = await shop
      .browser({ session: worker })
      .caller.entitlements.mine({})
      .then((page) => page.items);
    expect(own.map(({ kind, role }) => [kind, role])).toEqual([
      ["personal", "owner"],
      ["company", "member"],
    ]);
  });

  it("everybody sees what the plans cost and hold", async () => {
    const { plans, features } = await shop.browser().caller.entitlements.plans();
    expect(plans.map(({ code, prices }) => [code, prices.map(({ amount }) => amount)])).toEqual([
      ["pilot", [0]],
      ["pro", [4_900, 49_000]],
      ["enterprise", [29_900, 299_000]],
    ]);
    expect(features).toHaveLength(12);
  });
});
