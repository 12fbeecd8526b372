import { control } from "../fixtures/addresses.ts";
import { expect, test } from "../fixtures/journey.ts";

/** A picture as small as they come: one pixel. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

test("staff put a product with a form, prices in two currencies and a picture into the shop, without JavaScript", {
  tag: "@whole",
}, async ({ paper, ownerState, page, payment, email, look }) => {
  const id = `skivstång-${Date.now().toString(36)}`.replace("å", "a");
  const office = paper;
  await office.context().addCookies(ownerState.cookies);
  await office.goto("/admin/products");
  await office.getByRole("link", { name: "Ny produkt" }).click();
  await office.getByLabel("Namn (svenska)").fill("Skivstång");
  await office.getByLabel("Namn (engelska)").fill("Barbell");
  await office.getByLabel("Kort text (svenska)").fill("Tjugo kilo stål.");
  await office.getByLabel("Kort text (engelska)").fill("Twenty kilos of steel.");
  await office.getByLabel("Beskrivning (svenska)").fill("Med nålager.");
  await office.getByLabel("Beskrivning (engelska)").fill("With needle bearings.");
  await office.getByLabel("Id", { exact: true }).fill(id);
  await office.getByLabel("Kategori").selectOption({ label: "Utrustning" });
  await office.getByLabel("Yta").check();
  await look(office, "new");
  await office.getByRole("button", { name: "Lägg till produkt" }).click();
  await expect(office).toHaveURL(new RegExp(`/admin/products/${id}`));
  const main = office.getByRole("main");
  await expect(main).toContainText("Inte till salu");

  // The next thing to do is open.
  await office.getByLabel("Yta (svenska)").fill("Svart");
  await office.getByLabel("Yta (engelska)").fill("Black");
  await office.getByLabel("Artikelnummer").last().fill(`KV-${id}`);
  await office.getByRole("button", { name: "Lägg till variant" }).click();
  await expect(main).toContainText("Varianten finns nu");

  for (const [currency, amount] of [
    ["SEK", "2499"],
    ["EUR", "229,50"],
  ] as const) {
    await office.goto(`/admin/products/${id}`);
    const adding = office.locator("details:has(button[value=addPrice])");
    if (currency === "SEK") await expect(adding).toHaveAttribute("open");
    else if ((await adding.getAttribute("open")) === null) await adding.locator("summary").click();
    await office.getByLabel("Valuta").selectOption(currency);
    await office.getByLabel("Pris inkl. moms").fill(amount);
    await office.getByRole("button", { name: "Lägg till pris" }).click();
    await expect(main).toContainText("så snart Stripe har det nya");
  }
  await office.goto(`/admin/products/${id}`);
  await office.getByText("Lägg till bild").first().click();
  await office.getByLabel("Bildfil").setInputFiles({ name: "bar.png", mimeType: "image/png", buffer: picture });
  await office.getByLabel("Vad bilden visar (svenska)").last().fill("En skivstång på golvet");
  await office.getByLabel("Vad bilden visar (engelska)").last().fill("A barbell on the floor");
  await office.getByRole("button", { name: "Lägg till bild" }).click();
  await expect(main).toContainText("Bilden finns på sidan nu.");

  await control().advance("PT1S");
  await office.goto(`/admin/products/${id}`);
  await expect(main).toContainText("2 499,00 SEK".replaceAll(" ", "\u00a0"));
  await office.getByText("Skivstång", { exact: false }).first().waitFor();
  await office
    .locator("summary")
    .filter({ hasText: `KV-${id}`.toUpperCase() })
    .click();
  await office.getByLabel("Räkna lagret").uncheck();
  await office.getByRole("button", { name: "Spara variant" }).click();
  await office.getByLabel("Till salu").last().check();
  await office.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(main).toContainText("Sparat.");
  await look(office, "made");

  await page.goto(`/products?q=skivst%C3%A5ng&lang=sv`);
  await page.getByRole("main").getByRole("link", { name: "Skivstång" }).last().click();
  const shop = page.getByRole("main");
  await expect(shop).toContainText("2 499 kr".replaceAll(" ", "\u00a0"));
  await expect(shop.getByRole("img", { name: "En skivstång på golvet" })).toBeVisible();
  await expect(page.locator('meta[property="og:image"]')).toHaveAttribute("content", /\/media\/img_[0-9a-f]{32}$/);
  await look(page, "in-the-shop");
  await page.getByRole("button", { name: "Lägg i varukorg" }).click();
  await expect(shop).toContainText("ligger i varukorgen");
  await page.goto("/cart");
  await shop.getByRole("button", { name: /^Köp och betala 2/ }).click();
  await payment.pay("good", { email, address: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Köpet är klart.", { timeout: 120_000 });
  await expect(shop).toContainText("Skivstång, Svart");
});
