import { buy } from "../../scripts/prove/buyer.ts";
import { control, theShop } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { settle } from "../fixtures/settled.ts";

test("staff pay back a part of a membership's renewal: what happens is shown first, then done, told and booked", async ({
  staff,
  email,
  look,
}) => {
  test.setTimeout(300_000);
  await buy(theShop(), "oppet", email);
  await settle();
  await control().advance("P1M");
  await settle("PT2H");

  const main = staff.getByRole("main");
  await staff.goto(`/admin/memberships?q=${encodeURIComponent(email)}`);
  await main.locator("table [data-row-link]").first().click();
  await expect(staff).toHaveURL(/\/admin\/memberships\/sub_/);
  // The newest invoice stands first: the renewal.
  await main.getByRole("link", { name: "Visa vad som händer" }).first().click();
  await expect(staff).toHaveURL(/\/admin\/orders\/ord_.*payment=pay_/);
  await expect(main.getByLabel("Betalning", { exact: true })).toContainText("Förnyelse");
  await main.getByLabel("Summa i SEK").fill("99,50");
  await main.getByRole("button", { name: "Visa vad som händer" }).click();
  await expect(main.getByRole("button", { name: /Återbetala 99,50/ })).toBeVisible();
  await look(staff, "shown");
  await main.getByLabel("Varför").last().fill("Bastun var stängd");
  await main.getByRole("button", { name: /Återbetala 99,50/ }).click();
  await expect(main).toContainText("Återbetalningen är begärd.");

  await settle("PT5M");
  await staff.reload();
  await expect(main).toContainText("Bastun var stängd");
  await look(staff, "done");
  expect((await letterTo(email, /tillbaka|återbetal/i)).text).toMatch(/99,50\skr/);
  await staff.goto(`/admin/refunds?q=${encodeURIComponent(email)}`);
  await expect(main).toContainText("1 rad");
  expect((await books().violations()).filter((line) => !line.startsWith("V6"))).toEqual([]);
});
