import { control } from "../fixtures/addresses.ts";
import { fillCart } from "../fixtures/cart.ts";
import { expect, phone, test } from "../fixtures/journey.ts";

test.use(phone);

test("a payment page that was left for too long: nothing is charged, and the cart is kept", async ({
  page,
  payment,
  email,
  look,
}) => {
  await fillCart(page, "towel", "sv");
  await page.goto("/cart");
  await page.getByRole("button", { name: "Köp och betala 149 kr" }).click();
  await payment.opened();
  await control().advance("PT40M");

  // The page itself says so, and leads back.
  await payment.fill("good", { email, address: true });
  await payment.submit();
  await expect(
    page.getByRole("heading", { name: /Betalsidan har gått ut|This checkout page has expired/ }),
  ).toBeVisible();
  await look(page, "provider");
  await page.getByRole("link", { name: /Back to|Tillbaka till/ }).click();

  const main = page.getByRole("main");
  await expect(main).toContainText("Handduk");
  await expect(main).not.toContainText("Du har en påbörjad betalning.");
  await look(page, "cart");
  await main.getByRole("button", { name: "Köp och betala 149 kr" }).click();
  await payment.pay("good", { email, address: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Köpet är klart.", { timeout: 120_000 });
});
