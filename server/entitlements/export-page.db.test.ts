import { expect, it } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPlans } from "../../scripts/test/test-plans.ts";
import type { ExportFormat, ExportPart } from "./input.ts";

const shop = await testCheckoutShop();
const { sql } = shop;
const { company, buy } = testPlans(shop);
const owner = await shop.member("agare@example.se");
const worker = await shop.member("anstalld@example.se");
const stranger = await shop.member("framling@example.se");
const organizationId = await company([
  [owner, "owner"],
  [worker, "member"],
]);
const exportsOf = (who: typeof owner) => shop.browser({ session: who }).caller.entitlements.exports;
const begin = (who: typeof owner, format: ExportFormat) => exportsOf(who).begin({ organizationId, format });

async function all(who: typeof owner, part: ExportPart, format: ExportFormat = "json"): Promise<{ id: string }[]> {
  const rows: { id: string }[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await exportsOf(who).page({ organizationId, format, part, cursor, limit: 500 });
    rows.push(...page.items);
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
}
const missing = (feature: string) => ({
  cause: { code: "entitlements.missing", kind: "forbidden", details: { feature } },
});

it("each form is open where the plan includes it, to whoever is in it and nobody else", async () => {
  await expect(begin(owner, "json")).rejects.toMatchObject(missing("canExportJSON"));
  await expect(begin(owner, "pdf")).rejects.toMatchObject(missing("canExportPDF"));
  await expect(all(owner, "members")).rejects.toMatchObject(missing("canExportJSON"));
  await expect(begin(stranger, "json")).rejects.toMatchObject({ cause: { code: "entitlements.not_a_member" } });
  await buy(owner, organizationId, "pro");
  expect(await begin(owner, "json")).toMatchObject({
    organization: { id: organizationId, kind: "company", name: "AB" },
    plan: { code: "pro", version: 1 },
    entitlements: { canExportJSON: true, hasAPI: false, seats: 1, hasSeatsGT1: false },
  });
  await begin(owner, "pdf");
  // The bundle is the next plan's: neither begun nor read page by page.
  await expect(begin(owner, "zip")).rejects.toMatchObject(missing("canExportBundleZip"));
  await expect(all(owner, "members", "zip")).rejects.toMatchObject(missing("canExportBundleZip"));
  await expect(all(stranger, "members")).rejects.toMatchObject({ cause: { code: "entitlements.not_a_member" } });
  const unknown = { organizationId, format: "toString", part: "members" } as never;
  await expect(exportsOf(owner).page(unknown)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

it("what is taken along is noted down before it leaves, by whom and as what", async () => {
  const acts = await sql`select actor, reason from audit_entries where action = 'organizations.export' order by at, id`;
  expect(acts).toEqual([
    { actor: `customer:${owner.customerId}`, reason: "json" },
    { actor: `customer:${owner.customerId}`, reason: "pdf" },
  ]);
});

it("holds every part to its end; what concerns money is for those who look after it", async () => {
  expect(await all(owner, "planChanges")).toMatchObject([{ fromPlan: "pilot", toPlan: "pro" }]);
  expect(await all(owner, "subscriptions")).toMatchObject([{ status: "active", amount: 4_900, plan: "pro" }]);
  const bill = { status: "paid", totalAmount: 4_900, taxAmount: 980, amountPaid: 4_900 };
  expect(await all(owner, "invoices")).toMatchObject([bill]);
  const history = (await all(owner, "entitlementHistory")) as unknown as { feature: string; replacedAt: Date | null }[];
  expect(
    history.filter(({ feature }) => feature === "canExportJSON").map(({ replacedAt }) => replacedAt === null),
  ).toEqual([false, true]);
  expect(await all(worker, "subscriptions")).toEqual([]);
  expect(await all(worker, "invoices")).toEqual([]);

  // Far more than one page, and one who has left: nobody is cut off, and who left is not told of by name.
  await sql`insert into users (id, email, email_normalized, password_hash, locale, created_at)
    select 'usr_many_' || n, n || '@example.com', n || '@example.com', 'x', 'sv', now() from generate_series(1, 1202) n`;
  await sql`insert into organization_members (id, organization_id, user_id, role, joined_at, left_at)
    select 'omb_here_' || n, ${organizationId}, 'usr_many_' || n, 'member', now(), case when n = 7 then now() end
    from generate_series(1, 1202) n`;
  const members = (await all(owner, "members")) as unknown as {
    id: string;
    email: string | null;
    leftAt: Date | null;
  }[];
  expect(members).toHaveLength(1_204);
  expect(new Set(members.map(({ id }) => id)).size).toBe(1_204);
  expect(members.find(({ id }) => id === "omb_here_7")).toMatchObject({ email: null, leftAt: expect.any(Date) });
  expect(members.find(({ id }) => id === "omb_here_8")).toMatchObject({ email: "8@example.com", leftAt: null });
  expect(JSON.stringify(members)).not.toMatch(/cus_|pm_/);
});
