import { fillCart } from "../fixtures/cart.ts";
import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";

test.use(phone);

test("who leaves the payment page finds it again, and the cart is kept", async ({ page, payment, email, look }) => {
  await fillCart(page, "towel", "sv");
  await page.goto("/cart");
  await page.getByRole("button", { name: "Köp och betala 149 kr" }).click();
  await payment.opened();
  const opened = page.url();
  await page.getByRole("link", { name: /Back to|Tillbaka till/ }).click();

  const main = page.getByRole("main");
  await expect(main).toContainText("Handduk");
  await expect(main).toContainText("Du har en påbörjad betalning.");
  await look(page, "cart");
  await main
    .getByRole("link", { name: "Fortsätt betala" })
    .or(main.getByRole("button", { name: "Fortsätt betala" }))
    .click();
  await payment.opened();
  expect(page.url(), "the same payment page").toBe(opened);

  await payment.fill("good", { email, address: true });
  await payment.submit();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Köpet är klart.", { timeout: 120_000 });
  await letterTo(email, /KV-\d+/);
});

test.describe("without a connection", () => {
  // The page's own script asks for the map of the pages that are linked to, and says when that does not come either.
  test.use({
    neverBeenHere: true,
    expectedComplaints: [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch manifest patches/],
  });

  test("the page stays with what was typed in it, and goes on when there is one again", async ({ page, context }) => {
    await page.goto("/products?q=handduk");
    const main = page.getByRole("main");
    // Not the filter's own link, which takes the word out of the search again.
    const towel = main.getByRole("link", { name: "Handduk", exact: true }).first();
    await towel.waitFor();
    // Scripts have taken the page over once the language can be told.
    await page.waitForFunction(() => "__remixContext" in window && document.readyState === "complete");
    await context.setOffline(true);
    await main.getByRole("searchbox").first().fill("halvskrivet");
    await towel.click();
    await expect(page.getByRole("alert")).toContainText("Ingen anslutning");
    await expect(main.getByRole("searchbox").first()).toHaveValue("halvskrivet");
    await context.setOffline(false);
    await page.waitForFunction(() => navigator.onLine);
    await page.getByRole("button", { name: "Försök igen" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Handduk");
  });
});

test.describe("with a connection, and a server that does not answer", () => {
  test.use({ neverBeenHere: true, expectedComplaints: [/ERR_CONNECTION_REFUSED|ERR_FAILED/] });

  test("the page stays with what was typed in it, and what was sent arrives when it is tried again", async ({
    page,
  }) => {
    await page.goto("/withdraw");
    const main = page.getByRole("main");
    const number = main.getByRole("textbox").first();
    await number.fill("KV-99999");
    await page.waitForFunction(() => "__remixContext" in window && document.readyState === "complete");
    await page.route(/\.data(\?|$)/, (route) => route.abort("connectionrefused"));
    await main.locator("button[type=submit]").first().click();
    await expect(page.getByRole("alert").filter({ hasText: "Butiken svarar inte" })).toBeVisible();
    await expect(number).toHaveValue("KV-99999");
    await page.getByRole("button", { name: "Försök igen" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Butiken svarar inte" })).toBeVisible();
    await page.unroute(/\.data(\?|$)/);
    const answered = page.waitForResponse(/\.data(\?|$)/);
    await page.getByRole("button", { name: "Försök igen" }).click();
    await answered;
    await expect(page.getByText("Butiken svarar inte")).toHaveCount(0);
    await expect(number).toHaveValue("KV-99999");
  });
});
