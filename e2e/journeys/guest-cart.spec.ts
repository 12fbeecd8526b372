import { books } from "../fixtures/books.ts";
import { fillCart } from "../fixtures/cart.ts";
import { expect, test } from "../fixtures/journey.ts";
import { signIn, signUpByForm } from "../fixtures/people.ts";

test("found by search and filter, put in a guest's cart, merged at the sign-in and paid as one", async ({
  page,
  payment,
  email,
  look,
}) => {
  const person = { email, password: "trampa-uppat-i-blåst" };
  await signUpByForm(page, person);
  await fillCart(page, "bag", "sv");
  // Another day, another browser: nobody is signed in and the cart is empty.
  await page.context().clearCookies();
  await page.goto("/products?lang=sv");
  const main = page.getByRole("main");
  await main.getByLabel("Sök").fill("handduk");
  await main.getByLabel("Kategori").selectOption({ label: "Tillbehör" });
  await main.getByRole("button", { name: "Visa" }).first().click();
  await expect(page).toHaveURL(/[?&]q=handduk/);
  await expect(page).toHaveURL(/[?&]category=accessories/);
  await expect(main).toContainText("1 vara");
  await look(page, "found");
  // What is in the address is the list: opened anew it is the same.
  await page.reload();
  await main.getByRole("link", { name: "Handduk", exact: true }).click();
  await page.getByRole("button", { name: "Lägg i varukorg" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Handduk" })).toContainText("ligger i varukorgen");
  await page.goto("/cart");
  await expect(main).toContainText("Handduk");
  await expect(main).not.toContainText("Träningsväska");

  await signIn(page, person);
  await page.goto("/cart");
  await expect(main).toContainText("Handduk");
  await expect(main).toContainText("Träningsväska");
  await expect(page.getByRole("link", { name: "Varukorg, 2 varor" })).toBeVisible();
  await look(page, "merged");
  await main.getByRole("button", { name: /^Köp och betala/ }).click();
  await payment.pay("good", { address: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Köpet är klart.", { timeout: 120_000 });
  await page.goto("/account/orders");
  await expect(main.getByText(/KV-\d+/).first()).toBeVisible();
  const { orders } = await books().record(email);
  expect(orders).toHaveLength(1);
  await page.goto("/cart");
  await expect(main).toContainText("Varukorgen är tom.");
});

test.describe("in a browser of its own", () => {
  test.use({ neverBeenHere: true });
  test("a thing that is pointed at is fetched ahead, and not before the browser has been told what its page is made of", async ({
    page,
  }) => {
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    await page.route("**/__manifest?*", async (route) => {
      await told;
      await route.continue();
    });
    await page.goto("/products?lang=sv");
    await page.waitForFunction(() => "__remixRouter" in window && document.readyState === "complete");
    const thing = page.getByRole("main").getByRole("link", { name: "Handduk", exact: true });
    const fetched = page.locator('link[rel="prefetch"][href*="/products/towel"]');
    await thing.hover();
    // Long enough for a link to believe that it is meant; there is nothing to complain of.
    await page.waitForTimeout(300);
    await expect(fetched).not.toBeAttached();
    tell();
    await expect(async () => {
      await page.mouse.move(0, 0);
      await thing.hover();
      await expect(fetched.first()).toBeAttached({ timeout: 2_000 });
    }).toPass({ timeout: 120_000 });
    await thing.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Handduk");
  });
});
