import { expect, test } from "../fixtures/journey.ts";
import { choose } from "../fixtures/languages.ts";

test("the language is chosen once and kept", async ({ page }) => {
  await choose(page, "en");
  await page.goto("/products");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  // An address that belongs to one language stays in it.
  await page.goto("/medlemskap");
  await expect(page.locator("html")).toHaveAttribute("lang", "sv");
});
