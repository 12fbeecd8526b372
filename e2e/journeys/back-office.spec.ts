import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { bought } from "../fixtures/busy-shop.ts";
import { expect, test } from "../fixtures/journey.ts";

/** Opens the command menu, types, and takes what is found first. */
async function command(staff: Page, words: string): Promise<void> {
  await staff.getByRole("heading", { level: 1 }).waitFor();
  await expect(async () => {
    // The keys of an open one would close it.
    if ((await staff.locator("[cmdk-input]").count()) === 0) await staff.keyboard.press("Control+k");
    await expect(staff.locator("[cmdk-input]")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await staff.locator("[cmdk-input]").fill(words);
  const dialog = staff.getByRole("dialog");
  await expect(dialog.locator('[cmdk-item][data-selected="true"]').first()).toBeVisible();
  await expect(dialog.getByRole("group").first()).toBeVisible();
}

test("⌘K finds a customer by address, an order by its number, and a payment by Stripe's id, opened by Enter", async ({
  staff,
  email,
}) => {
  await bought("towel", email);

  await staff.goto("/admin");
  await command(staff, email);
  const dialog = staff.getByRole("dialog");
  // Orders are found by their buyer's address, too; the customer stands in a group of its own.
  await dialog.getByRole("group", { name: "Kund" }).locator("[cmdk-item]").first().click();
  await expect(staff).toHaveURL(/\/admin\/customers\/cus_/);
  const main = staff.getByRole("main");
  await expect(main).toContainText(email);

  await main
    .getByRole("link", { name: /^KV-\d+/ })
    .first()
    .click();
  await expect(staff).toHaveURL(/\/admin\/orders\/ord_/);
  const order = staff.url();
  // The address changes before the page does: only the order's own heading has its number.
  const heading = staff.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(/^KV-\d+/);
  const number = (await heading.textContent()) ?? "";
  const payment = (await main.locator("code", { hasText: /^pi_/ }).first().textContent()) ?? "";

  await staff.goto("/admin/settings");
  await command(staff, number);
  await dialog.getByRole("group", { name: "Order" }).locator("[cmdk-item]", { hasText: number }).first().click();
  await expect(staff).toHaveURL(order);

  await staff.goto("/admin/customers");
  await command(staff, payment);
  const chosen = dialog.getByRole("group", { name: "Betalning" }).locator('[cmdk-item][aria-selected="true"]');
  await expect(chosen).toContainText(payment);
  await staff.keyboard.press("Enter");
  await expect(staff).toHaveURL(order);
});

test("a figure of the books leads down to its entries, each to its posting, and that to the purchase it is about", {
  tag: "@whole",
}, async ({ staff, email, look }) => {
  await bought("towel", email);
  await staff.goto("/admin/ledger");
  const main = staff.getByRole("main");
  await main.getByRole("searchbox").first().fill("provider:stripe:SEK");
  await main.getByRole("button", { name: "Filtrera" }).click();
  await expect(main).toContainText("Ta bort filtret");
  await main.getByRole("link", { name: "provider:stripe:SEK", exact: true }).click();
  await expect(staff).toHaveURL(/\/admin\/ledger\/entries\?account=/);
  const entry = main
    .getByRole("row")
    .filter({ hasText: "payment.captured" })
    .filter({ hasText: /149,00/ })
    .first();
  // What a purchase moves is booked by a job of its own.
  await expect(async () => {
    await staff.reload();
    await expect(entry).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await look(staff, "entries");
  await entry.getByRole("link").first().click();
  await expect(staff).toHaveURL(/\/admin\/ledger\/postings\/.+/);
  await expect(main.getByRole("row").filter({ hasText: "sales:SEK" })).toContainText("119,20");
  await main.getByRole("link", { name: /^pay_/ }).click();
  await expect(staff).toHaveURL(/\/admin\/orders\/ord_/);
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText(/^KV-\d+/);
  await expect(main).toContainText("149,00");
});

test("a list is filtered, kept as a view, taken out as a file, and walked by keys", async ({ staff, email, look }) => {
  await Promise.all(["a", "b"].map((who) => bought("towel", `${who}-${email}`)));
  const main = staff.getByRole("main");

  await staff.goto("/admin/orders");
  await main.getByRole("searchbox").first().fill("a-");
  await main.getByRole("button", { name: "Filtrera" }).click();
  await expect(staff).toHaveURL(/[?&]q=a-/);
  // The address changes before the page does, and the page fills its fields anew.
  await expect(main).toContainText("Ta bort filtret");
  await main.getByRole("searchbox").first().fill(`a-${email}`);
  await main.getByRole("button", { name: "Filtrera" }).click();
  await expect(main).toContainText("1 rad");

  await main.getByText("Spara vyn").click();
  await main.getByLabel("Vyns namn").fill("Bara den ena");
  await main.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(main.getByRole("link", { name: "Bara den ena" })).toHaveAttribute("aria-current", /.+/);
  await main.getByRole("link", { name: "Alla", exact: true }).click();
  await expect(staff).not.toHaveURL(/q=/);
  await main.getByRole("link", { name: "Bara den ena" }).click();
  await expect(main).toContainText("1 rad");
  await look(staff, "view");

  const download = staff.waitForEvent("download");
  await main.getByRole("link", { name: "Hämta CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^orders-\d{4}-\d\d-\d\d\.csv$/);
  const rows = (await readFile(await file.path(), "utf8"))
    .replace(/^\uFEFF/, "")
    .trim()
    .split("\r\n");
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain("number,id,placed_at");
  expect(rows[0]).toContain("total_minor,total_currency,total");
  expect(rows[1]).toContain(`a-${email}`);
  expect(rows[1]).toContain("14900,SEK,");

  await staff.goto("/admin/orders");
  const links = main.locator("table [data-row-link]");
  // Until the page listens, a key does nothing; once it does, the first one goes to the first row.
  await expect(async () => {
    if ((await staff.locator("[data-row-link]:focus").count()) === 0) await staff.keyboard.press("j");
    await expect(links.first()).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await staff.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await staff.keyboard.press("k");
  await expect(links.first()).toBeFocused();
  const first = (await links.first().textContent()) ?? "";
  await staff.keyboard.press("Enter");
  await expect(staff).toHaveURL(/\/admin\/orders\/ord_/);
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText(first);

  await staff.goto("/admin/orders");
  await main.getByRole("link", { name: "Bara den ena" }).click();
  await main.getByRole("button", { name: "Ta bort vyn Bara den ena" }).click();
  await expect(main.getByRole("link", { name: "Bara den ena" })).toHaveCount(0);
});

test("a case of the work queue says what is wrong and leads to the one act that settles it", async ({
  staff,
  look,
}) => {
  await staff.goto("/admin");
  const main = staff.getByRole("main");
  const item = main.getByRole("row").filter({ hasText: "Snart slut i lager" }).last();
  await expect(item).toBeVisible();
  await look(staff, "queue");
  await item.getByRole("link", { name: "Se lagret" }).click();
  await expect(staff).toHaveURL(/\/admin\/products\/.+/);
  await expect(main.getByRole("button", { name: /lager|antal|Spara/i }).first()).toBeVisible();
});
