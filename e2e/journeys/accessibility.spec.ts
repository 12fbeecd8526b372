import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { fillShop, memberWithPurchase } from "../fixtures/busy-shop.ts";
import { fillCart } from "../fixtures/cart.ts";
import { desk, expect, phone, test } from "../fixtures/journey.ts";
import { everyPage } from "../fixtures/pages.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const shopPages = [
  "/",
  "/products",
  "/products/t-shirt",
  "/cart",
  "/medlemskap",
  "/login",
  "/signup",
  "/forgot",
  "/villkor",
  "/finns-inte",
];
for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, expectedComplaints: [/status of 404/] });

    test("the shop's pages have no accessibility violation on a desktop", async ({ page }) => {
      await fillCart(page, "towel", "sv");
      for (const path of shopPages) {
        await page.goto(path);
        expect.soft(await violations(page), path).toEqual([]);
      }
    });

    test("no page of the back office has one, nor scrolls sideways on a phone", async ({ staff, look }) => {
      test.setTimeout(900_000);
      await fillShop(staff);
      for (const [file, path] of await everyPage(staff, "admin")) {
        await staff.goto(path);
        await expect.soft(staff.getByRole("heading", { level: 1 }), file).toBeVisible();
        expect.soft(await violations(staff), file).toEqual([]);
        await staff.setViewportSize(phone.viewport);
        expect.soft(await overflow(staff), `${file} is wider than the phone`).toBeLessThanOrEqual(0);
        if (colorScheme === "dark") await look(staff, `phone-${file}`);
        await staff.setViewportSize(desk.viewport);
        if (colorScheme === "light") await look(staff, file);
      }
    });

    test("no page of the account has one, nor scrolls sideways on a phone", async ({ page, email, look }) => {
      test.setTimeout(600_000);
      await memberWithPurchase(page, email);
      for (const [file, path] of await everyPage(page, "account")) {
        await page.goto(path);
        await expect.soft(page.getByRole("heading", { level: 1 }), file).toBeVisible();
        expect.soft(await violations(page), file).toEqual([]);
        const wide = page.viewportSize() ?? desk.viewport;
        await page.setViewportSize(phone.viewport);
        expect.soft(await overflow(page), `${file} is wider than the phone`).toBeLessThanOrEqual(0);
        await look(page, `phone-${file}`);
        await page.setViewportSize(wide);
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
      expect.soft(await overflow(page), `${path} is wider than the phone`).toBeLessThanOrEqual(0);
      expect.soft(await violations(page), path).toEqual([]);
      await look(page, path.slice(1) || "home");
    }
  });
});
