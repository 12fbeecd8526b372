import { control } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { buyButton, membershipCard } from "../fixtures/membership.ts";
import { signUpByForm } from "../fixtures/people.ts";
import { settle } from "../fixtures/settled.ts";

const inWords = (date: Date) =>
  new Intl.DateTimeFormat("sv-SE", { dateStyle: "long", timeZone: "Europe/Stockholm" }).format(date);
const DAY = 86_400_000;

test("a membership on trial: the fee today, a mail before it ends, the price when it has", async ({
  page,
  payment,
  email,
  look,
}) => {
  await signUpByForm(page, { email, password: "trampa-uppat-i-blåst" });
  const start = await control().now();
  const ends = inWords(new Date(start.getTime() + 14 * DAY));
  await page.goto("/medlemskap");
  const card = membershipCard(page, "Gruppass");
  await expect(card).toContainText("349 kr/mån");
  await expect(card).toContainText("14 dagar på prov. Startavgift 99 kr, betalas en gång.");
  await expect(card).toContainText(`99 kr i dag. 349 kr dras den ${ends} om du inte avslutar innan dess.`);
  await expect(card).toContainText("En provperiod per person, företag och kort.");
  await look(page, "card");
  await expect(buyButton(card)).toContainText("Köp och betala 99 kr");
  await buyButton(card).click();
  await payment.opened();
  await expect(page.locator("body")).toContainText("14 dagar gratis");
  await payment.pay("good");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
  const main = page.getByRole("main");
  await expect(main).toContainText("Betalt 99,00 kr");
  await expect(main).toContainText(`349,00 kr dras den ${ends}`);
  await look(page, "done");

  await settle();
  await page.goto("/account/membership");
  await expect(main).toContainText("Provperiod");
  await expect(main).toContainText(`349,00 kr dras den ${ends}`);
  await look(page, "account");
  await page.goto("/medlemskap");
  await expect(membershipCard(page, "Gruppass")).toContainText("Din plan");

  await control().advance("P12D");
  const warning = await letterTo(email, /^Provperioden slutar den/);
  expect(warning.text.replaceAll(/\s+/g, " ")).toContain(`349,00 kr dras för Gruppass den ${ends}`);

  await control().advance("P3D");
  await settle("PT2H");
  await page.goto("/account/membership");
  await expect(main).toContainText("Aktivt");
  await look(page, "after");
  const record = await books().record(email);
  expect(record.orders).toMatchObject([{ total_amount: 9_900 }]);
  expect(record.invoices).toMatchObject([
    { reason: "subscription_create", status: "paid", amount_paid: 9_900 },
    { reason: "subscription_cycle", status: "paid", amount_paid: 34_900 },
  ]);
  expect(record.subscriptions).toMatchObject([{ status: "active", amount: 34_900 }]);
});
