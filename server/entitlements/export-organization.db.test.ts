import { expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";

const shop = await testCheckoutShop();
const { company, buy } = testPlans(shop);
const owner = await shop.member("agare@example.se");
const worker = await shop.member("anstalld@example.se");
const stranger = await shop.member("framling@example.se");
const organizationId = await company([
  [owner, "owner"],
  [worker, "member"],
]);
const take = (who: typeof owner) => shop.browser({ session: who }).caller.entitlements.export({ organizationId });

it("what there is of an organization is taken along where its plan includes that, by whoever is in it", async () => {
  await expect(take(owner)).rejects.toMatchObject({
    cause: { code: "entitlements.missing", kind: "forbidden", details: { feature: "canExportJSON" } },
  });
  await expect(take(stranger)).rejects.toMatchObject({ cause: { code: "entitlements.not_a_member" } });
  await buy(owner, organizationId, "pro");
  const all = await take(owner);
  expect(all).toMatchObject({
    organization: { id: organizationId, kind: "company", name: "AB" },
    plan: { code: "pro", version: 1 },
    entitlements: { canExportJSON: true, hasAPI: false, seats: 1, hasSeatsGT1: false },
    changesOfPlan: [{ from: "pilot", to: "pro" }],
    subscriptions: [{ status: "active", amount: 4_900 }],
    invoices: [{ status: "paid", totalAmount: 4_900, taxAmount: 980 }],
  });
  expect(all.members.map(({ role }) => role).toSorted()).toEqual(["member", "owner"]);
  expect(JSON.stringify(all)).not.toMatch(/@example|cus_|pm_/);
  expect(await take(worker)).toMatchObject({ plan: { code: "pro" }, subscriptions: [], invoices: [] });
  await expect(take(stranger)).rejects.toMatchObject({ cause: { code: "entitlements.not_a_member" } });
});
