import type { Locator, Page } from "@playwright/test";
import { fillCart } from "../fixtures/cart.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { DEMO_PASSWORD, signInByForm } from "../fixtures/people.ts";

const NAME = "Träningsdagbok";

/** How many of it lie free, as staff see it; no other journey buys it. */
async function free(staff: Page): Promise<number> {
  await staff.goto("/admin/products/training-log");
  const text = await staff
    .getByText(/I lager: \d+/)
    .first()
    .textContent();
  return Number(/\d+/.exec(text ?? "")?.[0]);
}

test("a guest takes a purchase back: two steps, no sign-in, acknowledged, paid back, and on the shelf again", async ({
  page,
  staff,
  payment,
  email,
  look,
}) => {
  const before = await free(staff);
  await fillCart(page, "training-log", "sv");
  await page.goto("/cart");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: /^Köp och betala/ }).click();
  await payment.pay("good", { email, address: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Köpet är klart.", { timeout: 120_000 });
  const receipt = await letterTo(email, /^Kvitto och orderbekräftelse KV-\d+/);
  const number = /KV-\d+/.exec(receipt.subject)?.[0] ?? "";
  await expect.poll(() => free(staff), { timeout: 120_000 }).toBe(before - 1);

  // Days later, from any browser: all that is needed stands in the receipt.
  await page.context().clearCookies();
  await page.goto("/?lang=sv");
  await page.getByRole("contentinfo").getByRole("link", { name: "Ångra köp" }).click();
  const [name, address, order] = ["Namn", "E-postadress", "Ordernummer"].map((label) => page.getByLabel(label)) as [
    Locator,
    Locator,
    Locator,
  ];
  const go = () => page.getByRole("button", { name: "Fortsätt" }).click();
  await name.fill("Anna Andersson");
  await address.fill(email);
  await order.fill("kvitto 12");
  await go();
  await expect(page.getByRole("alert")).toContainText("till exempel KV-10482");
  await expect(order).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveValue("Anna Andersson");
  await look(page, "find");
  await order.fill(number.replace("KV-", "kv "));
  await go();
  const confirm = page.getByRole("button", { name: "Bekräfta att jag ångrar köpet" });
  await expect(main).toContainText(number);
  await expect(main).toContainText("inom 14 dagar");
  // What was written can be mended, and nothing has been said yet.
  await page.getByRole("button", { name: "Ändra uppgifterna" }).click();
  await expect(address).toHaveValue(email);
  await go();
  await look(page, "check");
  await confirm.dblclick();
  await expect(main).toContainText(`Du har ångrat order ${number} den`);
  expect(page.url()).not.toContain(encodeURIComponent(email));
  await look(page, "stated");
  await page.reload();
  await expect(main).toContainText(`Du har ångrat order ${number} den`);

  // One letter, however often it was pressed: the receipt, and the way that shows the order and carries it out.
  const letter = await letterTo(email, /^Vi har tagit emot att du ångrar order KV-/);
  expect(letter.text).toContain("Anna Andersson");
  await page.goto(linkIn(letter, "/withdraw"));
  await expect(main).toContainText(/Du ångrade köpet den .* kl\. \d\d\.\d\d/);
  await expect(main).toContainText(NAME);
  await expect(main).toContainText("Du får tillbaka");
  await expect(main).toContainText("179,00 kr");
  await expect(main).toContainText("Visa som slutar på 4242");
  await expect(main).toContainText("Varorna har inte lämnat oss.");
  await look(page, "confirm");
  await confirm.click();
  await expect(main).toContainText("Vi har tagit emot att du ångrar köpet");
  await look(page, "received");

  const acknowledged = await letterTo(email, /^Du har ångrat order KV-/);
  expect(acknowledged.text).toContain(number);
  await expect(async () => {
    await page.reload();
    await expect(main).toContainText("179,00 kr är på väg tillbaka", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await letterTo(email, /^Vi har betalat tillbaka 179/);
  await look(page, "refunded");
  await expect.poll(() => free(staff), { timeout: 120_000 }).toBe(before);
});

test("goods that come back worth less are paid back by the sum that staff name, and the buyer is told why", async ({
  page,
  staff,
  payment,
  email,
  look,
}) => {
  await fillCart(page, "towel", "sv");
  await page.goto("/cart");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: /^Köp och betala/ }).click();
  await payment.pay("good", { email, address: true });
  const receipt = await letterTo(email, /^Kvitto och orderbekräftelse KV-\d+/);
  const number = /KV-\d+/.exec(receipt.subject)?.[0] ?? "";
  await staff.goto(`/admin/orders?q=${number}&lang=sv`);
  const order = await staff.getByRole("main").getByRole("link", { name: number, exact: true }).getAttribute("href");
  await staff.goto(order ?? "");
  const desk = staff.getByRole("main");
  const press = (name: string | RegExp) => desk.getByRole("button", { name }).click();
  await press("Markera som skickad");
  await expect(desk).toContainText("Varorna har skickats.");

  await page.goto(linkIn(receipt, "/order"));
  await main.getByRole("link", { name: "Ångra köp" }).click();
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await expect(main).toContainText(/Skicka tillbaka varorna till .+ inom 14 dagar/);
  await page.getByRole("button", { name: "Bekräfta att jag ångrar köpet" }).click();
  // At once, before the worker has decided: nothing is promised that waits for the goods.
  await expect(main).toContainText("149,00 kr när varorna är hos oss");
  await look(page, "received");

  const sum = desk.getByLabel("Betala tillbaka, i SEK");
  await expect(async () => {
    await staff.goto(order ?? "");
    await expect(sum).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  const show = () => desk.getByRole("button", { name: "Visa vad som händer" }).first().click();
  await sum.fill("149,01");
  await show();
  await expect(desk).toContainText("Högst 149,00 kr kan betalas tillbaka.");
  await sum.fill("99");
  await show();
  await expect(desk.getByRole("button", { name: "Godkänn och betala tillbaka 99,00 kr" })).toBeVisible();
  await look(staff, "lowered");
  await desk.getByLabel("Skäl till köparen").fill("Handduken är fläckig.");
  await press("Godkänn och betala tillbaka 99,00 kr");
  await expect(desk).toContainText("Beslutet är sparat.");

  const letter = await letterTo(email, /^Vi betalar tillbaka 99,00\skr för order KV-/);
  expect(letter.text.replaceAll(/\s+/g, " ")).toContain("149,00 kr med ett avdrag på 50,00 kr");
  expect(letter.text).toContain("Handduken är fläckig.");
  await letterTo(email, /^Vi har betalat tillbaka 99/);
  await page.goto(linkIn(letter, "/order"));
  await expect(main).toContainText("99,00 kr är på väg tillbaka");
  await expect(main).toContainText("Det är 50,00 kr mindre än hela summan. Skälet: Handduken är fläckig.");
  // Nothing of it can be taken back any more, and nothing says so.
  await expect(main.getByRole("link", { name: "Ångra köp" })).toHaveCount(0);
  await look(page, "told");
});

test.describe("by staff", () => {
  // A reason that was left out is asked for.
  test.use({ expectedComplaints: [/status of 422/] });

  test("what no order was found for is closed many at once by staff, also without a script", async ({
    paper: page,
    email,
    look,
  }) => {
    const list = `/admin/withdrawals/statements?q=${encodeURIComponent(email)}&lang=sv`;
    const main = page.getByRole("main");
    for (const number of ["KV-999991", "KV-999992", "KV-999993"]) {
      await page.goto("/withdraw?lang=sv");
      await page.getByLabel("Namn").fill("Anna Andersson");
      await page.getByLabel("E-postadress").fill(email);
      await page.getByLabel("Ordernummer").fill(number);
      await page.getByRole("button", { name: "Fortsätt" }).click();
      await page.getByRole("button", { name: "Bekräfta att jag ångrar köpet" }).click();
      await expect(main).toContainText(`Du har ångrat order ${number} den`);
    }
    await signInByForm(page, { email: "owner@kraftverk.test", password: DEMO_PASSWORD });
    await expect(async () => {
      await page.goto(`${list}&status=unmatched`);
      await expect(main.getByRole("row")).toHaveCount(4, { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await page.goto("/admin?kind=withdrawal_unmatched");
    await expect(main).toContainText(/Ingen order hittad: \d+/);
    await look(page, "queue");
    await main.getByRole("link", { name: "Se dem" }).click();
    await expect(page).toHaveURL(/status=unmatched/);
    await page.goto(list);
    const press = (name: string | RegExp) => main.getByRole("button", { name }).click();
    await main.getByLabel("Välj KV-999991").check();
    await press("Stäng valda …");
    await expect(main).toContainText("Ange skäl");
    await main.getByLabel("Välj KV-999991").check();
    await main.getByLabel("Skäl", { exact: true }).fill("Numren är påhittade");
    await press("Stäng valda …");
    await expect(main).toContainText("1 stängs, 0 hoppas över.");
    await expect(main).toContainText("Inget mejl skickas.");
    await look(page, "told");
    await press("Stäng 1");
    await expect(main).toContainText("1 stängda, 0 hoppades över.");
    await main.getByLabel("Skäl", { exact: true }).fill("Numren är påhittade");
    await press("Stäng alla som filtret visar …");
    await press("Stäng 2");
    await expect(main).toContainText("2 stängda, 0 hoppades över.");
    await expect(main.getByText("Numren är påhittade", { exact: true })).toHaveCount(3);
    await look(page, "closed");
  });
});
