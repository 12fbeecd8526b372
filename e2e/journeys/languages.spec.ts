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

test("a heading on a phone breaks no line after the letter of e-post, and says what it says", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 });
  await choose(page, "sv");
  await page.goto("/verify?token=of-a-letter");
  const heading = page.getByRole("heading", { level: 1, name: "Bekräfta e-postadressen" });
  await expect(heading).toHaveText("Bekräfta e-postadressen");
  const lines = await heading.evaluate((element) => {
    const selection = getSelection();
    selection?.selectAllChildren(element);
    const letters = [...element.textContent].map((_, at) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let left = at;
      let node = walker.nextNode();
      while (node && left >= (node.textContent ?? "").length) {
        left -= (node.textContent ?? "").length;
        node = walker.nextNode();
      }
      if (node) {
        range.setStart(node, left);
        range.setEnd(node, left + 1);
      }
      return Math.round(range.getBoundingClientRect().top);
    });
    return { word: new Set(letters.slice("Bekräfta ".length)).size, copied: String(selection) };
  });
  expect(lines).toEqual({ word: 1, copied: "Bekräfta e-postadressen" });
});
