import type { Page } from "@playwright/test";
import { control } from "../fixtures/addresses.ts";
import { inAnotherBrowser } from "../fixtures/another-browser.ts";
import { books } from "../fixtures/books.ts";
import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { orderMembership } from "../fixtures/membership.ts";
import { cards } from "../fixtures/payment-page.ts";
import { signUpByForm } from "../fixtures/people.ts";
import { settle } from "../fixtures/settled.ts";

test("a renewal fails and is recovered by the mailed link, without signing in", async ({
  page,
  payment,
  email,
  look,
  browser,
}) => {
  await signUpByForm(page, { email, password: "trampa-uppat-i-blåst" });
  await orderMembership(page, "Öppet");
  await payment.pay("good");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
  await settle();
  const main = page.getByRole("main");

  await test.step("a card that will be refused later is entered in the account", async () => {
    await page.goto("/account/membership");
    await main.getByRole("button", { name: "Byt kort" }).click();
    await page.waitForURL(/\/c\/pay\//);
    await payment.fill("failsLater");
    await page.getByRole("button", { name: /^(Save|Spara)/ }).click();
    await page.waitForURL(/\/account\/membership\?card=/);
    await expect(main).toContainText("Kortet är bytt.");
    await settle();
  });

  await control().advance("P1M");
  await settle("PT2H");
  await page.goto("/account");
  await expect(main).toContainText("Betalningen på 399,00 kr gick inte igenom.");
  await expect(main).toContainText("Du har kvar allt till och med den");
  // Of a period whose payment is missing nothing is said to be paid.
  await expect(main.getByText("Betalt från")).toHaveCount(0);
  await expect(main.getByText("Började")).toBeVisible();
  await look(page, "account");
  const letter = await letterTo(email, /gick inte igenom$/);

  await test.step("the letter's link opens a page with nothing but the card to change", async () => {
    const follow = async (stranger: Page) => {
      await stranger.goto(linkIn(letter, "/card"));
      const link = stranger.getByRole("main");
      await expect(link.getByRole("heading", { level: 1 })).toHaveText("Betala 399,00 kr");
      await look(stranger, "link");
      await link.getByRole("button", { name: "Byt kort" }).click();
      await stranger.waitForURL(/\/c\/pay\//);
      await stranger.getByLabel("Card number").fill(cards.good);
      await stranger.getByLabel("Expiration").fill("12 / 39");
      await stranger.getByLabel("CVC").fill("123");
      await stranger.getByLabel("Cardholder name").fill("Ebba Sjögren");
      await stranger.getByRole("button", { name: /^(Save|Spara)/ }).click();
      await stranger.waitForURL(/\/card\?card=/);
      await expect(link).toContainText("Betalningen är klar. Allt är som vanligt.", { timeout: 120_000 });
      await look(stranger, "paid");
    };
    await inAnotherBrowser(browser, follow, phone);
  });

  await settle();
  await letterTo(email, /^Betalningen på 399,00\skr är klar$/);
  const record = await books().record(email);
  expect(record.subscriptions).toMatchObject([{ status: "active" }]);
  expect(record.invoices).toMatchObject([{ status: "paid" }, { reason: "subscription_cycle", status: "paid" }]);
  await page.goto("/account");
  await expect(main).not.toContainText("gick inte igenom");
});
