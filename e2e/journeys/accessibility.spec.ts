import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { fillCart } from "../fixtures/cart.ts";
import { expect, phone, test } from "../fixtures/journey.ts";
import { buyButton, membershipCard } from "../fixtures/membership.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What the dark theme can change: everything else of a page is the same in both. */
const colorRules = ["color-contrast", "link-in-text-block"];

async function violations(page: Page, colorScheme: "light" | "dark" = "light"): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (colorScheme === "dark"
    ? axe.withRules(colorRules)
    : axe.withTags(rules)
  ).analyze();
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

const shopPages = [
  "/",
  "/products",
  "/products?q=zzz",
  "/products?color=black&category=clothes",
  "/products/t-shirt",
  "/products/hoodie?size=xl",
  "/cart",
  "/medlemskap",
  "/membership?period=year",
  "/withdraw",
  "/login",
  "/signup",
  "/forgot",
  "/villkor",
  "/finns-inte",
];
const staffPages = [
  "/admin",
  "/admin/orders",
  "/admin/webhooks",
  "/admin/webhooks/batches",
  "/admin/webhooks/drift",
  "/admin/jobs",
  "/admin/customers",
  "/admin/campaigns",
  "/admin/mail",
  "/admin/memberships",
  "/admin/products",
  "/admin/products/bag",
  "/admin/products/new",
  "/admin/alerts",
  "/admin/settings",
  "/admin/search",
  "/admin/credits",
  "/admin/credits/top-ups",
  "/admin/ledger/entries",
  "/account",
  "/account/credits",
  "/account/credits/settings",
  "/account/keys",
  "/account/more",
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, expectedComplaints: [/status of 404/] });

    test("the shop's pages have no accessibility violation on a desktop", async ({ page }) => {
      await fillCart(page, "towel", "sv");
      for (const path of shopPages) {
        await page.goto(path);
        expect.soft(await violations(page, colorScheme), path).toEqual([]);
      }
    });

    test("nor do the pages of a purchase, from the payment to taking it back", async ({ page, payment, email }) => {
      test.setTimeout(120_000);
      await page.goto("/medlemskap");
      await buyButton(membershipCard(page, "Gruppass")).click();
      await payment.pay("good", { email });
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 30_000 });
      expect.soft(await violations(page), "return").toEqual([]);
      const main = page.getByRole("main");
      await main.getByRole("link", { name: "Se ordern" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("KV-");
      expect.soft(await violations(page), "order").toEqual([]);
      await main.getByRole("link", { name: "Ångra köp" }).click();
      await expect(main).toContainText("Vad vill du ångra?");
      expect.soft(await violations(page), "choose").toEqual([]);
      await main.getByRole("button", { name: "Fortsätt" }).click();
      await expect(main).toContainText("Du får tillbaka");
      expect.soft(await violations(page), "confirm").toEqual([]);
    });

    test("the pages behind the sign-in have none either", async ({ staff }) => {
      for (const path of staffPages) {
        await staff.goto(path);
        await expect(staff).toHaveURL(new RegExp(`${path}$`));
        expect.soft(await violations(staff, colorScheme), path).toEqual([]);
      }
    });
  });
}

test.describe("on a phone", () => {
  test.use({ ...phone, expectedComplaints: [/status of 404/] });

  test("no page of the shop scrolls sideways, and none has an accessibility violation", async ({ page, look }) => {
    await fillCart(page, "towel", "sv");
    for (const path of shopPages) {
      await page.goto(path);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${path} is wider than the phone`).toBeLessThanOrEqual(0);
      expect.soft(await violations(page), path).toEqual([]);
      await look(page, path.slice(1) || "home");
    }
  });
});
