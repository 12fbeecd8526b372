import type { Page } from "@playwright/test";
import { createClient, refusalOf } from "kraftverk/client";
import { theShop } from "../fixtures/addresses.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import type { PaymentPage } from "../fixtures/payment-page.ts";
import { signUpByForm } from "../fixtures/people.ts";

const PASSWORD = "trampa-uppat-i-blåst";

/** Buys the pack of 100 with a card. */
async function buyPack(page: Page, payment: PaymentPage, { keepCard = false } = {}): Promise<void> {
  await page.goto("/account/credits");
  const main = page.getByRole("main");
  await main.getByRole("radio", { name: /^100 krediter/ }).check();
  if (keepCard) await main.getByLabel("Spara kortet, så att det kan fylla på krediter automatiskt").check();
  await main.getByRole("button", { name: "Köp krediter" }).click();
  await payment.pay("good");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Krediterna är på plats.", { timeout: 120_000 });
  await expect(main).toContainText("100 krediter har lagts till.");
  await expect(main).toContainText(/Du har nu \d+ krediter\./);
  await expect(main).toContainText("Betalt 10,00 kr med Visa som slutar på 4242.");
}

/** What the account says, once it has heard of everything. */
async function shows(page: Page, ...texts: readonly string[]): Promise<void> {
  await expect(async () => {
    await page.goto("/account/credits");
    for (const text of texts) await expect(page.getByRole("main")).toContainText(text, { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
}

/** A program that holds a key made on the account's page, and the key as it was shown. */
async function program(page: Page, name: string, budget?: number) {
  await page.goto("/account/keys");
  const main = page.getByRole("main");
  await main.getByLabel("Namn").fill(name);
  await main.getByLabel("Läsa saldo och händelser").check();
  await main.getByLabel("Använda krediter").check();
  if (budget) await main.getByLabel("Högst så många krediter").fill(String(budget));
  await main.getByRole("button", { name: "Skapa nyckel" }).click();
  await expect(main).toContainText("Nyckeln är skapad. Kopiera den nu, den visas aldrig igen.");
  const apiKey = (await main.getByText(/^kv_test_[\w-]{30,}$/).textContent()) ?? "";
  return { apiKey, client: createClient({ url: theShop().shop, apiKey }) };
}

/** The customer's page in the back office. */
async function openCustomer(staff: Page, email: string): Promise<void> {
  await staff.goto(`/admin/customers?q=${encodeURIComponent(email)}`);
  await staff.getByRole("main").locator('a[href^="/admin/customers/cus_"]').first().click();
  await staff.waitForURL(/\/customers\/cus_/);
  await expect(staff.getByRole("main")).toContainText(email);
}

test("credits are bought, spent to zero by a program, refused clearly, and added to by staff", async ({
  page,
  payment,
  email,
  staff,
  look,
}) => {
  const main = page.getByRole("main");
  await signUpByForm(page, { email, password: PASSWORD });
  await shows(page, "Tillgängliga krediter: 0", "Inget har hänt än.");
  await buyPack(page, payment);
  await shows(page, "Tillgängliga krediter: 100", "Krediter tillagda · köp", "varav 100 går ut den");
  await look(page, "bought");

  const { apiKey, client } = await program(page, "Rapporter", 500);
  await look(page, "key");
  await page.goto("/account/keys");
  await expect(main).toContainText("Rapporter");
  await expect(main, "shown once").not.toContainText(apiKey);

  const spend = (credits: number, reference: string) => client.spend({ credits, reason: "rapport", reference });
  const refused = (credits: number) =>
    spend(credits, "för-mycket").then(
      () => null,
      (error: unknown) => refusalOf(error),
    );
  expect(await spend(60, "rapport-1")).toMatchObject({ outcome: "spent", newTotal: 40 });
  expect(await refused(41)).toMatchObject({ code: "credits.insufficient", details: { available: 40 } });
  expect(await spend(40, "rapport-2")).toMatchObject({ outcome: "spent", newTotal: 0 });
  const answer = await refused(1);
  expect(answer).toMatchObject({ code: "credits.insufficient", details: { available: 0 }, temporary: false });
  expect(answer?.message).toContain("credits");
  await shows(page, "Tillgängliga krediter: 0", "Använt · rapport · rapport-1", "−60", "−40", "Rapporter");
  await expect(main).not.toContainText("för-mycket");
  await look(page, "spent");

  await page.goto("/account/keys");
  await expect(main).toContainText("Senast använd");
  await expect(main).toContainText(/Högst 500 krediter per månad · 400 kvar av dem till \S+/);
  await look(page, "budget");
  await main.getByRole("button", { name: "Återkalla Rapporter" }).click();
  await expect(main).toContainText("Nyckeln är återkallad.");
  expect(await refused(1)).toMatchObject({ code: "api_keys.refused" });

  await openCustomer(staff, email);
  const office = staff.getByRole("main");
  await office.getByRole("link", { name: "Krediter", exact: true }).click();
  await office.getByLabel("Vad", { exact: true }).selectOption({ label: "Ta bort" });
  await office.getByLabel("Antal krediter").fill("25");
  await office.getByLabel("Skäl").fill("Rapporten blev fel");
  await office.getByRole("button", { name: "Justera" }).click();
  await expect(office).toContainText("Kunden har färre krediter än så att ta bort.");
  // What was typed stays, to be put right.
  await expect(office.getByLabel("Antal krediter")).toHaveValue("25");
  await expect(office.getByLabel("Skäl")).toHaveValue("Rapporten blev fel");
  await look(staff, "adjustment-refused");
  await office.getByLabel("Vad", { exact: true }).selectOption({ label: "Lägg till" });
  await office.getByRole("button", { name: "Justera" }).click();
  await expect(office).toContainText("Justeringen genomförs.");
  await shows(page, "Tillgängliga krediter: 25", "Krediter tillagda · tillagt av personalen", "+25");
  await look(page, "adjusted");
  await openCustomer(staff, email);
  await expect(office).toContainText("Rapporten blev fel");
  await look(staff, "timeline");
});

test("a refund takes back what was not spent, and staff decide about the rest", { tag: "@whole" }, async ({
  page,
  payment,
  email,
  staff,
  look,
}) => {
  await signUpByForm(page, { email, password: PASSWORD });
  await buyPack(page, payment);
  await shows(page, "Tillgängliga krediter: 100");
  const { client } = await program(page, "Bilder");
  expect(await client.spend({ credits: 30, reason: "bild" })).toMatchObject({ newTotal: 70 });

  await openCustomer(staff, email);
  const office = staff.getByRole("main");
  await office.getByRole("link", { name: /^KV-\d+$/ }).click();
  await office.getByRole("button", { name: "Visa vad som händer" }).click();
  await expect(office).toContainText("70 oanvända krediter tas tillbaka.");
  await expect(office).toContainText("30 är använda. Om kunden ska vara skyldig för dem avgörs efteråt");
  await office.locator("#refund-reason").fill("Kunden ångrade sig");
  await office.getByRole("button", { name: "Återbetala 10,00 kr" }).click();
  await expect(office).toContainText("Återbetalningen är begärd.");
  await letterTo(email, /^Vi har betalat tillbaka 10/);
  await shows(page, "Tillgängliga krediter: 0", "Återtaget efter återbetalning", "−70");
  await look(page, "clawed-back");

  await staff.goto("/admin/credits");
  const waiting = office.locator("form").filter({ hasText: email });
  await expect(waiting).toContainText("30 krediter var använda, 70 togs tillbaka.");
  await look(staff, "decide");
  await waiting.getByLabel("Skäl").fill("Bilderna är levererade");
  await waiting.getByRole("button", { name: "Gör till skuld" }).click();
  await expect(office).toContainText("Beslutet är sparat och genomförs.");
  await shows(page, "Du är skyldig 30 krediter.");
  await look(page, "debt");

  await openCustomer(staff, email);
  await expect(office).toContainText("Krediter: +100");
  await expect(office).toContainText("Krediter: −70");
  await expect(office).toContainText("Krediter: −30");
  await look(staff, "timeline");
  await office.getByRole("link", { name: "API-nycklar" }).click();
  await office.getByLabel("Varför den återkallas").fill("Kunden bad om det");
  await look(staff, "keys");
  await office.getByRole("button", { name: "Återkalla Bilder" }).click();
  await expect(office).toContainText("Nyckeln är återkallad.");
  const answer = await client.spend({ credits: 1, reason: "bild" }).then(() => null, refusalOf);
  expect(answer).toMatchObject({ code: "api_keys.refused" });
});

test("credits that run low are topped up from the saved card", { tag: "@whole" }, async ({
  page,
  payment,
  email,
  look,
}) => {
  await signUpByForm(page, { email, password: PASSWORD });
  await buyPack(page, payment, { keepCard: true });
  await shows(page, "Tillgängliga krediter: 100");
  const { client } = await program(page, "Påfyllning");

  await page.goto("/account/credits/settings");
  const main = page.getByRole("main");
  await main.getByLabel("Fyll på automatiskt").check();
  await main.getByLabel("När det är färre krediter än").fill("50");
  await main.getByLabel("Paket", { exact: true }).selectOption({ label: "100 krediter" });
  await main.getByLabel("Högst per dag").fill("10");
  await main.getByLabel("Högst per månad").fill("100");
  await main.getByRole("button", { name: "Spara" }).click();
  await expect(main).toContainText("Sparat.");
  await look(page, "settings");

  expect(await client.spend({ credits: 60, reason: "rapport" })).toMatchObject({ newTotal: 40 });
  await shows(page, "Tillgängliga krediter: 140");
  await look(page, "topped-up");

  // Today's limit is reached: nothing more is charged, and its owner is told.
  expect(await client.spend({ credits: 100, reason: "rapport" })).toMatchObject({ newTotal: 40 });
  await letterTo(email, /^Inga krediter fylldes på/);
  await shows(page, "Tillgängliga krediter: 40");
});
