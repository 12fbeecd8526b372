import { fillCart } from "../fixtures/cart.ts";
import { english, expect, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";

test.use(english);

test("a guest buys merchandise after a declined card", async ({ page, payment, email, look }) => {
  await page.goto("/products");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("link", { name: "Towel" }).first().click();
  await page.getByLabel("Quantity").fill("2");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Towel" })).toContainText("is in the cart");
  await expect(page.getByRole("link", { name: "Cart, 2 items" })).toBeVisible();
  await look(page, "product");

  await page.goto("/cart");
  const main = page.getByRole("main");
  await expect(main).toContainText("SEK 298");
  await expect(main).toContainText("of which VAT 25%");
  await look(page, "cart");
  await main.getByRole("button", { name: "Buy and pay SEK 298" }).click();

  await payment.pay("declined", { email, address: true });
  await expect(payment.refusal()).toContainText("Your card was declined.");
  await look(page, "declined");
  await payment.fill("good");
  await payment.submit();

  await page.waitForURL(/\/checkout\/return\?/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your purchase is complete.", { timeout: 120_000 });
  await expect(main).toContainText("Paid SEK 298.00 with Visa ending in 4242.");
  await expect(main).toContainText(`The receipt has been emailed to ${email}.`);
  await look(page, "return");

  await page.getByRole("main").getByRole("link", { name: "View order" }).click();
  await expect(main).toContainText("Paid");
  await expect(main).toContainText("awaiting fulfilment");
  await expect(main).toContainText("Östra Förstadsgatan 12");
  await look(page, "order");

  const receipt = await letterTo(email, /KV-\d+/);
  expect(receipt.text).toMatch(/SEK\s298\.00/);
  expect(receipt.html).toContain('lang="en"');
  // The letter's own link opens the order in a browser that has never been here.
  await page.context().clearCookies();
  await page.goto(linkIn(receipt, "/order"));
  await expect(page.getByRole("main")).toContainText(/KV-\d+/.exec(receipt.subject)![0]);
});

test("the cart is empty again once it was paid", { tag: "@whole" }, async ({ page, payment, email }) => {
  await fillCart(page, "bag", "en");
  await page.goto("/cart");
  const pay = page.getByRole("button", { name: /^Buy and pay/ });
  await pay.click();
  // Back from the payment page, and begun anew: the page that was left is offered no more.
  await payment.opened();
  await page.goto("/cart");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByRole("link", { name: "Continue paying" })).toHaveCount(0);
  await expect(pay).toBeVisible();
  await pay.click();
  await payment.pay("good", { email, address: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your purchase is complete.", { timeout: 120_000 });
  await expect(page.getByRole("link", { name: "Cart, 0 items" })).toBeVisible();
  await page.goto("/cart");
  await expect(page.getByRole("main")).toContainText("The cart is empty.");
});

test("the cart says when there are fewer left than one wants", async ({ page }) => {
  await page.goto("/products/hoodie?color=black&size=s");
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await expect(page.getByRole("status").filter({ hasText: "Hoodie" })).toContainText("is in the cart");
  await page.goto("/cart");
  const main = page.getByRole("main");
  await main.getByLabel(/^Quantity/).fill("50");
  await main.getByRole("button", { name: "Change quantity" }).click();
  await expect(main).toContainText(/\d left|Sold out/);
});
