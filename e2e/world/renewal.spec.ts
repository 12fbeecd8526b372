import { control } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { orderMembership } from "../fixtures/membership.ts";
import { signUpByForm } from "../fixtures/people.ts";
import { settle } from "../fixtures/settled.ts";

const inWords = (date: Date) =>
  new Intl.DateTimeFormat("sv-SE", { dateStyle: "long", timeZone: "Europe/Stockholm" }).format(date);

function monthsLater(start: Date, months: number): Date {
  const date = new Date(start);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  date.setUTCDate(Math.min(day, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()));
  return date;
}

test("a month later the membership has renewed: paid, told, and the next payment named; staff pay back a part of it", async ({
  page,
  payment,
  email,
  staff,
  look,
}) => {
  await signUpByForm(page, { email, password: "trampa-uppat-i-blåst" });
  await orderMembership(page, "Öppet Plus");
  await payment.pay("good");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 120_000 });
  const started = await control().now();
  await settle();
  await page.goto("/account");
  const main = page.getByRole("main");
  await expect(main).toContainText(inWords(monthsLater(started, 1)));
  await look(page, "before");

  await control().advance("P1M");
  await settle("PT2H");
  await page.goto("/account");
  await expect(main).toContainText("Aktivt");
  await expect(main).toContainText("499,00 kr");
  await expect(main).toContainText(inWords(monthsLater(started, 2)));
  await look(page, "after");

  const record = await books().record(email);
  expect(record.invoices).toMatchObject([
    { reason: "subscription_create", status: "paid", amount_paid: 49_900 },
    { reason: "subscription_cycle", status: "paid", amount_paid: 49_900 },
  ]);
  expect(record.subscriptions).toMatchObject([{ status: "active" }]);
  expect(record.orders).toHaveLength(1);
  const receipt = await letterTo(email, /^Kvitto \w+-0002$/);
  expect(receipt.text).toMatch(/499,00\skr/);

  await page.goto("/account/billing");
  await expect(main.getByText("499,00 kr").first()).toBeVisible();
  await look(page, "billing");

  await test.step("a part of the renewal is paid back: shown first, then done, told and booked", async () => {
    const office = staff.getByRole("main");
    await staff.goto(`/admin/memberships?q=${encodeURIComponent(email)}`);
    await office.locator("table [data-row-link]").first().click();
    await expect(staff).toHaveURL(/\/admin\/memberships\/sub_/);
    // The newest invoice stands first: the renewal.
    await office.getByRole("link", { name: "Visa vad som händer" }).first().click();
    await expect(staff).toHaveURL(/\/admin\/orders\/ord_.*payment=pay_/);
    await expect(office.getByLabel("Betalning", { exact: true })).toContainText("Förnyelse");
    await office.getByLabel("Summa i SEK").fill("99,50");
    await office.getByRole("button", { name: "Visa vad som händer" }).click();
    const refund = office.getByRole("button", { name: /Återbetala 99,50/ });
    await expect(refund).toBeVisible();
    await look(staff, "refund-shown");
    await office.getByLabel("Varför").last().fill("Bastun var stängd");
    await refund.click();
    await expect(office).toContainText("Återbetalningen är begärd.");
    await settle("PT5M");
    await staff.reload();
    await expect(office).toContainText("Bastun var stängd");
    await look(staff, "refunded");
    expect((await letterTo(email, /tillbaka|återbetal/i)).text).toMatch(/99,50\skr/);
    await staff.goto(`/admin/refunds?q=${encodeURIComponent(email)}`);
    await expect(office).toContainText("1 rad");
    await expect(office.getByRole("table")).toContainText(/99,50\skr/);
  });
});
