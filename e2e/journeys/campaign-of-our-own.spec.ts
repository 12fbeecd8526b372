import { expect, test } from "../fixtures/journey.ts";
import { membershipCard } from "../fixtures/membership.ts";
import { DEMO_PASSWORD, signInByForm } from "../fixtures/people.ts";

test("staff draft, check, publish and end a campaign, and the shop follows", { tag: "@whole" }, async ({
  page,
  look,
}) => {
  const name = `Kvällskampanj ${Date.now().toString(36)}`;
  await signInByForm(page, { email: "owner@kraftverk.test", password: DEMO_PASSWORD });
  await page.goto("/admin/campaigns");
  await page.getByLabel("Namn på ny kampanj").fill(name);
  await page.getByRole("button", { name: "Skapa utkast" }).click();
  await page.waitForURL(/\/edit$/);
  const main = page.getByRole("main");

  // A price that is not below the default price: told in words, and not to be published.
  await main.getByRole("checkbox", { name: "Öppet Plus" }).check();
  await main.locator("#price-0").fill("599");
  await main.getByRole("button", { name: "Spara utkast och kontrollera" }).click();
  await expect(main).toContainText("599,00 kr är inte lägre än ordinarie pris 499,00 kr för Öppet Plus. Sänk priset.");
  await expect(main.getByRole("button", { name: "Publicera" })).toHaveCount(0);

  await main.locator("#price-0").fill("389");
  await main.getByRole("button", { name: "Spara utkast och kontrollera" }).click();
  await expect(main).toContainText("Inget är fel. Kampanjen kan publiceras.");
  await look(page, "checked");
  await main.getByLabel("Varför (syns i historiken)").fill("Fler på kvällen");
  await main.getByRole("button", { name: "Publicera" }).click();
  await expect(main).toContainText("Version 1 är publicerad.");
  const campaign = page.url().replace(/\/edit$/, "");

  const card = membershipCard(page, "Öppet Plus");
  await expect(async () => {
    await page.goto("/medlemskap");
    await expect(card).toContainText("389 kr/mån", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await expect(card).toContainText(name);

  await page.goto(campaign);
  await main.getByLabel("Varför", { exact: true }).fill("Fullt");
  await main.getByRole("button", { name: "Avsluta nu" }).click();
  await expect(main).toContainText("Kampanjen är avslutad.");
  await look(page, "ended");
  await expect(async () => {
    await page.goto("/medlemskap");
    await expect(card).toContainText("499 kr/mån", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await expect(card).not.toContainText(name);
});
