import { theShop } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, phone, test } from "../fixtures/journey.ts";
import { timesLogged } from "../fixtures/log.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { membershipCard } from "../fixtures/membership.ts";
import { announce } from "../fixtures/partner.ts";
import { signUp } from "../fixtures/people.ts";

test.use(phone);

/** The message of the campaign document, word for word. */
const announcement = {
  action: "price.updated",
  priceUpdate: {
    stripePriceId: "price_TEST123",
    originalProductId: "test-kund",
    campaignId: "test_campaign",
    campaignName: "Test Campaign",
  },
};
const announced = "✨ Created new campaign entry for price update";
const used = "🎯 Using campaign price price_TEST123 for product test-kund";

test("a visitor becomes a paying member at the campaign price", async ({ page, payment, email, look, staff }) => {
  await test.step("the partner announces a campaign price", async () => {
    const answer = await announce(announcement);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      success: true,
      action: "price.updated",
      campaignId: "test_campaign",
      result: "created",
    });
    await expect.poll(() => timesLogged(announced)).toBe(1);
    const again = await announce(announcement);
    expect(again.body).toMatchObject({ success: true, result: "duplicate" });
  });

  let session = "";
  const card = membershipCard(page, "Test Kund");
  await test.step("/medlemskap shows it beside the lowest price of the last 30 days", async () => {
    // The amount comes from the payment provider, by a job: until then the default price stands.
    await expect(async () => {
      await page.goto("/medlemskap");
      await expect(card).toContainText("299 kr/mån", { timeout: 1_000 });
    }).toPass({ timeout: 120_000 });
    await expect(page.locator("html")).toHaveAttribute("lang", "sv");
    await expect(card).toContainText("Test Campaign");
    await expect(card).toContainText("Lägsta pris 30 dagar före sänkningen: 399 kr/mån (−25 %)");
    await expect(card).toContainText("Kampanjpriset gäller så länge du har medlemskapet.");
    await expect(card).toContainText("Förnyas varje månad tills du avslutar. Ingen bindningstid.");
    await look(page, "medlemskap");
  });

  await test.step("paying on the provider's page", async () => {
    await card.getByRole("button", { name: "Köp och betala 299 kr" }).click();
    await payment.opened();
    session = /cs_\w+/.exec(page.url())![0];
    await expect(page.getByText(/299,00\skr/).first()).toBeVisible();
    await look(page, "payment");
    await payment.fill("good", { email });
    await payment.submit();
  });

  await test.step("the return page tells the truth and becomes done", async () => {
    await page.waitForURL(/\/checkout\/return\?/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
    const main = page.getByRole("main");
    await expect(main).toContainText("Betalt 299,00 kr med Visa som slutar på 4242.");
    await expect(main).toContainText(/Nästa betalning: 299,00\skr den\s\d+\s\w+\s20\d\d\./);
    await expect(main).toContainText(`Kvittot är mejlat till ${email}.`);
    await look(page, "return");
    expect(timesLogged(used), "one line for the one checkout").toBe(1);
    expect(timesLogged(announced), "the second announcement said nothing new").toBe(1);
  });

  const number = await test.step("receipt and welcome lie in the mailbox", async () => {
    const receipt = await letterTo(email, /KV-\d+/);
    expect(receipt.text).toMatch(/299,00\skr/);
    expect(receipt.text).toMatch(/varav moms 6\s%/);
    expect(receipt.html).toContain('lang="sv"');
    const started = await letterTo(email, /[Mm]edlemskap/);
    expect(started.text).toMatch(/Test Kund/);
    expect(started.text).toMatch(/Nästa betalning: 299,00\skr den/);
    return /KV-\d+/.exec(receipt.subject)![0];
  });

  await test.step("signed up with the same address, the account shows the membership", async () => {
    await signUp(page, { email, password: "trampa-uppat-i-blåst" });
    await page.goto("/account");
    const main = page.getByRole("main");
    // The purchase is claimed by a job that follows the verified address.
    await expect(async () => {
      await page.reload();
      await expect(main).toContainText("Test Kund", { timeout: 1_000 });
    }).toPass({ timeout: 120_000 });
    await expect(main).toContainText("Aktivt");
    await expect(main).toContainText("299,00 kr");
    await expect(main).toContainText(/Nästa betalning/);
    await look(page, "account");
  });

  await test.step("staff find the order by its number and see every step", async () => {
    const main = staff.getByRole("main");
    await staff.goto("/admin/orders");
    await main.getByLabel("Ordernummer eller e-post").fill(number);
    await staff.keyboard.press("Enter");
    await main.getByRole("link", { name: number, exact: true }).click();
    await expect(main.getByRole("heading", { level: 1 })).toContainText(number);
    await expect(main).toContainText("Betald");
    await expect(main).toContainText("Visa som slutar på 4242");
    await expect(main).toContainText(/Kampanjen test.campaign gällde: 299(,00)?\skr/i);
    await expect(main).toContainText("Regel");
    await look(staff, "admin-order");
  });

  await test.step("staff see the notification and replay it: nothing happens twice", async () => {
    const main = staff.getByRole("main");
    await staff.goto(`/admin/webhooks?q=${session}`);
    await main.getByRole("row").filter({ hasText: "checkout.session.completed" }).getByRole("link").first().click();
    await expect(main.getByRole("heading", { level: 1 })).toHaveText("checkout.session.completed");
    await main.getByRole("button", { name: "Prova först" }).click();
    await expect(main).toContainText("Om den körs om nu");
    await look(staff, "admin-dry-run");
    await main.getByLabel("Varför").fill("Prov att inget sker två gånger");
    await main.getByRole("button", { name: "Kör om" }).click();
    await expect(main).toContainText("Händelsen körs om.");
    await expect(async () => {
      await staff.reload();
      await expect(main.getByText(/^Klar på/)).toHaveCount(2, { timeout: 1_000 });
    }).toPass({ timeout: 120_000 });
    await look(staff, "admin-replayed");
    await letterTo(email, /KV-\d+/);
    await letterTo(email, /Medlemskapet är igång/);
    expect((await books().record(email)).payments).toHaveLength(1);
  });

  await test.step("the mailbox shows the letters as a person sees them", async () => {
    await page.goto(`${theShop().sandbox}/mailbox?to=${encodeURIComponent(email)}`);
    await page
      .getByRole("link", { name: /KV-\d+/ })
      .first()
      .click();
    await look(page, "receipt");
  });
});
