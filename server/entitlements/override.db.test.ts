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
