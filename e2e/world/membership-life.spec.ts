import type { Page } from "@playwright/test";
import { control } from "../fixtures/addresses.ts";
import { books } from "../fixtures/books.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { orderMembership } from "../fixtures/membership.ts";
import { DEMO_PASSWORD, signInByForm, signUpByForm } from "../fixtures/people.ts";
import { settle } from "../fixtures/settled.ts";
import { amountIn } from "../fixtures/sums.ts";

/** Chooses another membership and comes to what it costs. */
async function quote(page: Page, name: string): Promise<void> {
  await page.goto("/account/membership");
  await page.getByRole("link", { name: "Byt medlemskap" }).click();
  await page.getByRole("link", { name: `Se vad bytet kostar ${name}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`till ${name}`);
}

test("a member switches up and down, pauses, leaves and comes back; staff see all of it", async ({
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
  await control().advance("P9D");
  const main = page.getByRole("main");

  await quote(page, "Öppet Plus");
  await expect(main).toContainText("Oanvänd tid på Öppet");
  const shown = amountIn(
    await main
      .getByRole("row", { name: /^Att betala i dag/ })
      .getByRole("cell")
      .textContent(),
  );
  expect(shown).toBeGreaterThan(0);
  await look(page, "quote");
  await main.getByRole("button", { name: /^Byt och betala/ }).click();
  await expect(main).toContainText("Du har nu Öppet Plus.", { timeout: 120_000 });
  await look(page, "switched");
  await settle();
  const { invoices } = await books().record(email);
  expect(invoices).toMatchObject([{}, { reason: "subscription_update", status: "paid", amount_paid: shown }]);

  await main.getByRole("link", { name: "Fler eller färre" }).click();
  await main.getByLabel("Antal").fill("2");
  await main.getByRole("button", { name: "Visa vad det kostar" }).click();
  await look(page, "two-of-it");
  await main.getByRole("button", { name: /^Ändra till 2 och betala/ }).click();
  await expect(main).toContainText("Antalet är ändrat.", { timeout: 120_000 });
  await expect(main.getByRole("heading", { level: 2, name: "2 × Öppet Plus" })).toBeVisible();

  await quote(page, "Dagtid");
  await expect(main).toContainText("Inget dras i dag.");
  await expect(main).toContainText("Du har 2 st nu och 1 efter bytet");
  await main.getByRole("button", { name: /^Byt den/ }).click();
  await expect(main).toContainText(/Du byter till Dagtid den/, { timeout: 120_000 });
  await look(page, "booked");
  // An end would take its place, and says so before it is asked for.
  await main.getByRole("link", { name: "Avsluta medlemskapet" }).click();
  await expect(main).toContainText("Det som är bokat till dess, ett byte, en paus eller ett annat antal, faller bort");
  await look(page, "end-instead");
  await page.goto("/account/membership");
  await main.getByRole("button", { name: "Ångra bytet" }).click();
  await expect(main).toContainText("Medlemskapet fortsätter som förut.", { timeout: 120_000 });

  await main.getByRole("link", { name: "Pausa" }).click();
  await main.getByRole("radio", { name: /^1 månad/ }).check();
  await look(page, "pause");
  await main.getByRole("button", { name: "Pausa medlemskapet" }).click();
  await expect(main).toContainText("Inget dras under pausen.", { timeout: 120_000 });
  await main.getByRole("button", { name: "Ångra pausen" }).click();
  await expect(main).toContainText("Medlemskapet fortsätter som förut.", { timeout: 120_000 });

  await main.getByRole("link", { name: "Avsluta medlemskapet" }).click();
  await main.getByRole("radio", { name: "Jag använder det för lite" }).check();
  await look(page, "cancel");
  await main.getByRole("button", { name: "Avsluta medlemskapet" }).click();
  await expect(main).toContainText("Du kan träna till dess. Inget mer dras.", { timeout: 120_000 });
  await look(page, "ending");
  await letterTo(email, /^Medlemskapet avslutas den/);
  await main.getByRole("button", { name: "Ångra uppsägningen" }).click();
  await expect(main).toContainText("Medlemskapet fortsätter som förut.", { timeout: 120_000 });

  const desk = await (await browser.newContext({ locale: "sv-SE" })).newPage();
  await signInByForm(desk, { email: "owner@kraftverk.test", password: DEMO_PASSWORD });
  await desk.goto(`/admin/memberships?q=${encodeURIComponent(email)}`);
  await desk
    .getByRole("main")
    .getByRole("link", { name: /Öppet Plus/ })
    .first()
    .click();
  const office = desk.getByRole("main");
  await expect(office.getByRole("table", { name: "Önskemål" })).toContainText("Jag använder det för lite");
  await office.locator("summary", { hasText: "Avsluta" }).click();
  await office.getByRole("radio", { name: "Nu", exact: true }).check();
  const all = office.getByRole("radio", { name: /^Allt som är betalt för perioden/ });
  await expect(all).toBeVisible();
  await all.check();
  await office.locator("#end-reason").fill("Flyttar utomlands.");
  await look(desk, "office");
  await office.getByRole("button", { name: "Avsluta medlemskapet" }).click();
  await expect(office).toContainText("Det är begärt.", { timeout: 120_000 });
  await settle();
  await desk.context().close();
  await page.goto("/account/membership");
  await expect(main).toContainText("Du har inget medlemskap.");
  const record = await books().record(email);
  expect(record.subscriptions).toMatchObject([{ status: "canceled" }]);
  await letterTo(email, /^Medlemskapet är avslutat/);
});
