import type { Page } from "@playwright/test";
import { inAnotherBrowser } from "../fixtures/another-browser.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { DEMO_PASSWORD, type Person, signInByForm, signUpByForm } from "../fixtures/people.ts";
import { giveSeats } from "../fixtures/seats.ts";

const PASSWORD = "blåbärssoppa till frukost";
const main = (page: Page) => page.getByRole("main");
const figure = (page: Page, label: string) =>
  main(page).locator("dl > div").filter({ hasText: label }).locator("dd").first();

test("a company is founded, two are invited, one accepts without an account, gets a role and is removed: the seat is free again, and a colleague takes it by the company's mail domain", {
  tag: "@whole",
}, async ({ page, browser, look }) => {
  const run = Date.now();
  const domain = `kvarnen-${run}.se`;
  const founder: Person = { email: `founder@${domain}`, password: PASSWORD };
  const [byLink, byList] = [`link-${run}@example.com`, `list-${run}@example.com`];
  await signUpByForm(page, founder);
  await page.goto("/account/organization");
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Personlig");
  await main(page).getByRole("link", { name: "Nytt företag" }).click();
  await page.getByLabel("Företagets namn").fill("Kvarnen AB");
  await page.getByRole("button", { name: "Starta företaget" }).click();
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Kvarnen AB");
  await expect(figure(page, "Lediga")).toHaveText("0");

  // The plan it begins with has one seat, which its founder has.
  await page.getByLabel("E-postadress").fill(byLink);
  await page.getByRole("button", { name: "Skicka inbjudan" }).click();
  await expect(main(page)).toContainText("Alla platser är tagna eller lovade.");
  await giveSeats(founder.email, 3);
  await page.getByRole("button", { name: "Skicka inbjudan" }).click();
  await expect(main(page)).toContainText("Inbjudan är skickad.");
  await look(page, "invited");

  await main(page).getByRole("link", { name: "Bjud in flera på en gång" }).click();
  await page.getByLabel("Adresser").fill(`${byList}, admin\n${byLink}\nnobody\nlate-${run}@example.com`);
  await page.getByRole("button", { name: "Granska" }).click();
  const lines = main(page).getByRole("listitem");
  for (const outcome of ["Bjuds in", "Redan inbjuden", "Ingen giltig adress", "Ingen ledig plats"])
    await expect(lines.filter({ hasText: outcome })).toHaveCount(1);
  await look(page, "list");
  await page.getByRole("button", { name: "Skicka 1 inbjudan" }).click();
  await expect(main(page)).toContainText("1 inbjudan är skickad.");

  await inAnotherBrowser(browser, async (theirs) => {
    const letter = await letterTo(byLink, /inbjuden till Kvarnen AB/);
    await theirs.goto(linkIn(letter, "/invitation"));
    await expect(main(theirs)).toContainText(`Du får ett konto för ${byLink}`);
    await look(theirs, "invitation");
    await theirs.getByLabel("Ditt namn").fill("Nya Nilsson");
    await theirs.getByLabel("Lösenord", { exact: true }).fill(PASSWORD);
    await theirs.getByRole("button", { name: "Tacka ja" }).click();
    await theirs.waitForURL(/\/account\/organization/);
    await expect(main(theirs).getByRole("heading", { level: 1 })).toHaveText("Kvarnen AB");
    await expect(main(theirs)).toContainText("Du är medlem");
    await expect(theirs.getByRole("button", { name: "Skicka inbjudan" })).toHaveCount(0);

    // The link works once.
    await theirs.goto(linkIn(letter, "/invitation"));
    await expect(main(theirs)).toContainText("Inbjudan gäller inte längre");

    await page.goto("/account/organization");
    await expect(figure(page, "Används")).toHaveText("2");
    await page.getByLabel("Roll för Nya Nilsson").selectOption("admin");
    await page.getByRole("button", { name: "Byt roll för Nya Nilsson" }).click();
    await expect(main(page)).toContainText("Rollen är bytt.");
    await theirs.goto("/account/organization");
    await expect(main(theirs)).toContainText("Du är administratör");
    await look(theirs, "as admin");

    // One acts for one organization at a time.
    await theirs.getByText("Kvarnen AB").first().click();
    await theirs.getByRole("button", { name: /Personlig/ }).click();
    await expect(main(theirs).getByRole("heading", { level: 1 })).toHaveText("Personlig");

    await page.getByRole("button", { name: "Ta bort Nya Nilsson" }).click();
    await expect(main(page)).toContainText("Medlemmen är borttagen och platsen ledig.");
    await expect(figure(page, "Används")).toHaveText("1");
    await expect(figure(page, "Lediga")).toHaveText("1");
    await theirs.goto("/account/organization");
    await expect(main(theirs).getByRole("heading", { level: 1 })).toHaveText("Personlig");
  });

  await main(page).getByRole("radio", { name: "går med själv" }).check();
  await main(page)
    .getByRole("button", { name: `Knyt ${domain} till företaget` })
    .click();
  await expect(main(page)).toContainText("De går med själva");
  await look(page, "domain");
  await inAnotherBrowser(browser, async (theirs) => {
    await signUpByForm(theirs, { email: `colleague@${domain}`, password: PASSWORD });
    await theirs.goto("/account");
    await expect(main(theirs)).toContainText(`Du kan gå med eftersom din adress är på ${domain}.`);
    await look(theirs, "joinable");
    await theirs.getByRole("button", { name: "Gå med i Kvarnen AB" }).click();
    await expect(main(theirs)).toContainText("Du är med i företaget.");
    await expect(main(theirs).getByRole("heading", { level: 1 })).toHaveText("Kvarnen AB");
  });
  await letterTo(founder.email, /har gått med i Kvarnen AB$/);

  await inAnotherBrowser(browser, async (staff) => {
    await signInByForm(staff, { email: "owner@kraftverk.test", password: DEMO_PASSWORD });
    await staff.goto(`/admin/organizations?kind=company&q=${encodeURIComponent(founder.email)}`);
    await look(staff, "organizations");
    await main(staff).getByRole("link", { name: "Kvarnen AB" }).first().click();
    for (const act of [
      "Organisation grundad",
      "Gick med i organisationen",
      "Medlem borttagen",
      "Gick med genom sin e-postdomän",
    ])
      await expect(main(staff)).toContainText(act);
    await look(staff, "organization in the back office");
  });
});
