import { expect, phone, test } from "../fixtures/journey.ts";
import { buyButton, membershipCard } from "../fixtures/membership.ts";
import { announce, startCampaign } from "../fixtures/partner.ts";

test.use(phone);

test("a campaign that ends before paying: the new price is shown first, then charged", async ({
  page,
  payment,
  email,
  look,
}) => {
  const id = `price-change-${Date.now().toString(36)}`;
  expect((await startCampaign({ id, name: "Dagkampanj", product: "dagtid", amount: 19_900 })).body).toMatchObject({
    success: true,
    result: "created",
  });
  const card = membershipCard(page, "Dagtid");
  await expect(async () => {
    await page.goto("/medlemskap");
    await expect(card).toContainText("199 kr/mån", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await expect(card).toContainText("Dagkampanj");

  const ended = await announce({ action: "deleted", campaignId: id });
  expect(ended.body).toMatchObject({ success: true, action: "deleted", campaignId: id, result: "deleted" });
  await buyButton(card).click();
  const main = page.getByRole("main");
  await expect(main).toContainText(/Priset har ändrats/);
  await expect(main).toContainText("från 199 kr till 299 kr");
  await expect(card).toContainText("299 kr/mån");
  await expect(card).not.toContainText("Dagkampanj");
  await look(page, "changed");

  await card.getByRole("button", { name: "Köp och betala 299 kr" }).click();
  await payment.opened();
  await expect(page.getByRole("main").or(page.locator("body")).first()).toContainText(/299,00\skr/);
  await payment.fill("good", { email });
  await payment.submit();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
  await expect(main).toContainText("Betalt 299,00 kr med Visa som slutar på 4242.");
});
