import { books, pagesOfCart } from "../fixtures/books.ts";
import { fillCart } from "../fixtures/cart.ts";
import { english, expect, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { buyButton, membershipCard } from "../fixtures/membership.ts";

test.use(english);

test("a double click on the order button opens one payment page, and a double press there pays once", async ({
  page,
  payment,
  email,
}) => {
  await page.goto("/membership");
  await buyButton(membershipCard(page, "Open Plus")).dblclick();
  await payment.opened();
  const opened = page.url();
  await payment.fill("good", { email });
  await page.getByRole("button", { name: "Subscribe" }).dblclick();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your membership has started.", {
    timeout: 120_000,
  });

  const ref = page.url();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your membership has started.");
  // The paid page again: it leads to where the purchase is told.
  await page.goto(opened);
  await page.waitForURL(ref);
  await letterTo(email, /KV-\d+/);

  const record = await books().record(email);
  expect(record.checkouts).toHaveLength(1);
  expect(record.orders).toHaveLength(1);
  expect(record.payments).toHaveLength(1);
  expect(record.subscriptions).toHaveLength(1);
  expect(record.attempts).toHaveLength(1);
});

test("back, forward, reload and a second tab lead to the same payment page", async ({ page, context, payment }) => {
  await page.goto("/membership");
  await buyButton(membershipCard(page, "Open Plus")).click();
  await payment.opened();
  const opened = page.url();
  await page.goBack();
  await buyButton(membershipCard(page, "Open Plus")).click();
  await payment.opened();
  expect(page.url()).toBe(opened);
  const other = await context.newPage();
  await other.goto("/membership");
  await buyButton(membershipCard(other, "Open Plus")).click();
  await other.waitForURL(opened);
});

test("the cart's order sent by many presses at once is one payment page", async ({ page, context }) => {
  await fillCart(page, "bag", "en");
  await page.goto("/cart");
  const urls = await page.evaluate(async () => {
    const form = document.querySelector<HTMLFormElement>(
      'main form:has(button[type="submit"][name="intent"][value="pay"])',
    );
    if (!form) throw new Error("no order form");
    const body = () => {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) fields.append(name, String(value));
      fields.set("intent", "pay");
      return fields;
    };
    const press = () => fetch(form.action, { method: "POST", body: body(), redirect: "manual" });
    return (await Promise.all(Array.from({ length: 8 }, press))).map((answer) => answer.type);
  });
  expect(new Set(urls)).toEqual(new Set(["opaqueredirect"]));
  expect(await pagesOfCart(context)).toBe(1);
});
