import type { Locator, Page } from "@playwright/test";
import { bought } from "../fixtures/busy-shop.ts";
import { expect, test } from "../fixtures/journey.ts";
import { tabTo } from "../fixtures/keys.ts";
import { letterTo } from "../fixtures/mailbox.ts";

const MOMENT = "2027-12-24T11:30";
/** Its parts in the orders in which browsers ask for them; a year may have more than four digits, so it is left by a key. */
const IN_PARTS = [
  ["12", "24", "2027", "ArrowRight", "11", "30", "A"],
  ["24", "12", "2027", "ArrowRight", "11", "30"],
  ["2027", "ArrowRight", "12", "24", "11", "30"],
];

/** Types a day and a time, part by part, as the browser's own field asks for them. */
async function typeMoment(page: Page, field: Locator): Promise<void> {
  await tabTo(page, field);
  for (const parts of IN_PARTS) {
    for (let step = 0; step < 8; step++) await page.keyboard.press("ArrowLeft");
    for (const part of parts) await (part === "ArrowRight" ? page.keyboard.press(part) : page.keyboard.type(part));
    if ((await field.inputValue()) === MOMENT) return;
  }
  throw new Error(`a moment cannot be typed: ${await field.inputValue()}`);
}

/** Scripts listen from here on. */
const listening = (page: Page) =>
  page.waitForFunction(() => "__remixContext" in window && document.readyState === "complete");

test("staff find an order, pay it back and run a webhook again with the keyboard alone", async ({ staff, email }) => {
  await bought("towel", email);
  const main = staff.getByRole("main");
  await staff.goto("/admin");
  const palette = staff.locator("[cmdk-input]");
  await expect(async () => {
    // The keys of an open one would close it.
    if ((await palette.count()) === 0) await staff.keyboard.press("Control+k");
    await expect(palette).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await staff.keyboard.type(email);
  const order = staff.getByRole("dialog").getByRole("group", { name: "Order" }).locator("[cmdk-item]").first();
  await order.waitFor();
  for (let step = 0; step < 20 && (await order.getAttribute("data-selected")) !== "true"; step++)
    await staff.keyboard.press("ArrowDown");
  await staff.keyboard.press("Enter");
  await expect(staff).toHaveURL(/\/admin\/orders\/ord_/);
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText(/^KV-\d+/);

  await tabTo(staff, main.getByRole("button", { name: "Visa vad som händer" }));
  await staff.keyboard.press("Enter");
  await tabTo(staff, main.locator("#refund-reason"));
  await staff.keyboard.type("Kunden ringde");
  await tabTo(staff, main.getByRole("button", { name: /^Återbetala \d/ }));
  await staff.keyboard.press("Enter");
  await expect(main).toContainText("Återbetalningen är begärd");

  await staff.goto("/admin/webhooks?status=handled");
  const rows = main.locator("table [data-row-link]");
  await expect(async () => {
    if ((await staff.locator("[data-row-link]:focus").count()) === 0) await staff.keyboard.press("j");
    await expect(rows.first()).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await staff.keyboard.press("Enter");
  await expect(staff).toHaveURL(/\/admin\/webhooks\/./);
  await tabTo(staff, main.locator("input[name=reason]"));
  await staff.keyboard.type("Prövar tangenterna");
  await tabTo(staff, main.getByRole("button", { name: "Kör om" }));
  await staff.keyboard.press("Enter");
  await expect(main).toContainText("Händelsen körs om.");
});

test("staff make, schedule and publish a campaign with the keyboard alone", async ({ staff }) => {
  const name = `Tangentkampanj ${Date.now().toString(36)}`;
  const main = staff.getByRole("main");
  const type = async (field: Locator, words: string) => {
    await tabTo(staff, field);
    await staff.keyboard.press("Control+a");
    await staff.keyboard.type(words);
  };
  await staff.goto("/admin/campaigns");
  await listening(staff);
  await type(main.getByLabel("Namn på ny kampanj"), name);
  await tabTo(staff, main.getByRole("button", { name: "Skapa utkast" }));
  await staff.keyboard.press("Enter");
  await staff.waitForURL(/\/edit$/);
  await listening(staff);
  await tabTo(staff, main.getByRole("checkbox", { name: "Öppet Plus" }));
  await staff.keyboard.press("Space");
  await expect(main.getByRole("checkbox", { name: "Öppet Plus" })).toBeChecked();
  await typeMoment(staff, main.locator("input[name=startAt]"));
  await type(main.locator("#price-0"), "389");
  await tabTo(staff, main.getByRole("button", { name: "Spara utkast och kontrollera" }));
  await staff.keyboard.press("Enter");
  await expect(main).toContainText("Kampanjen kan publiceras.");
  await type(main.getByLabel("Varför (syns i historiken)"), "Prövar tangenterna");
  await tabTo(staff, main.getByRole("button", { name: "Publicera" }));
  await staff.keyboard.press("Enter");
  await expect(main).toContainText("Version 1 är publicerad.");
  await staff.goto(staff.url().replace(/\/edit$/, ""));
  await expect(main).toContainText("Planerad");
});

test("a visitor finds, pays for and is sent a receipt of a towel with the keyboard alone", async ({
  page,
  payment,
  email,
}) => {
  const main = page.getByRole("main");
  await page.goto("/products/towel");
  await listening(page);
  await tabTo(page, main.getByRole("button", { name: /varukorg/i }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Handduk" })).toContainText("ligger i varukorgen");
  await page.goto("/cart");
  await listening(page);
  await tabTo(page, main.getByRole("button", { name: /^Köp och betala/ }));
  await page.keyboard.press("Enter");
  await payment.fill("good", { email, address: true });
  await payment.submit();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Köpet är klart.", { timeout: 120_000 });
  await letterTo(email, /KV-\d+/);
});
