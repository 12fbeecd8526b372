import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures/journey.ts";
import { press, tabTo } from "../fixtures/keys.ts";
import { PaymentPage } from "../fixtures/payment-page.ts";
import { signUpByForm } from "../fixtures/people.ts";
import { giveSeats } from "../fixtures/seats.ts";

const PASSWORD = "blåbärssoppa till frukost";
const main = (page: Page): Locator => page.getByRole("main");

/** Loads the page again until it says so: without a script it does not look by itself. */
async function says(page: Page, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(main(page)).toContainText(text, { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
}

test("a company is founded, buys a plan, invites and ends it again, by keys alone", async ({ page, email }) => {
  await signUpByForm(page, { email, password: PASSWORD });
  await page.goto("/account/organization/new");
  await tabTo(page, page.getByLabel("Företagets namn"));
  await page.keyboard.type("Tangenten AB");
  await page.keyboard.press("Enter");
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Tangenten AB");
  await page.goto("/plans");
  await press(page, main(page).getByRole("link", { name: "Välj PromptForge Enterprise" }));
  const month = main(page).getByRole("radio", { name: /^PromptForge Enterprise 299/ });
  await expect(month).toBeChecked();
  await press(page, main(page).getByRole("button", { name: "Till betalningen" }));
  await new PaymentPage(page).pay("good");
  await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Planen gäller.", { timeout: 120_000 });
  await press(page, main(page).getByRole("link", { name: "Till er plan" }));
  await expect(main(page)).toContainText("PromptForge Enterprise, version");

  await page.goto("/account/organization");
  await tabTo(page, page.getByLabel("E-postadress"));
  await page.keyboard.type(`guest.${email}`);
  await press(page, page.getByRole("button", { name: "Skicka inbjudan" }));
  await expect(main(page)).toContainText("Inbjudan är skickad.");

  await page.goto("/account/plan");
  await press(page, main(page).getByRole("link", { name: "Säg upp planen" }));
  await press(page, main(page).getByRole("radio", { name: "Det är för dyrt" }), "Space");
  await expect(main(page).getByRole("radio", { name: "Det är för dyrt" })).toBeChecked();
  await press(page, main(page).getByRole("button", { name: "Säg upp planen" }));
  await expect(main(page)).toContainText("Planen slutar den", { timeout: 120_000 });
  await press(page, main(page).getByRole("button", { name: "Ångra uppsägningen" }));
  await expect(main(page)).toContainText("Planen fortsätter som förut.", { timeout: 120_000 });
});

test("and with scripts off", { tag: "@whole" }, async ({ paper, email }) => {
  await signUpByForm(paper, { email, password: PASSWORD });
  await paper.goto("/account/organization/new");
  await paper.getByLabel("Företagets namn").fill("Papperet AB");
  await paper.getByRole("button", { name: "Starta företaget" }).click();
  await expect(main(paper).getByRole("heading", { level: 1 })).toHaveText("Papperet AB");
  await giveSeats(email, 2);
  await paper.getByLabel("E-postadress").fill(`guest.${email}`);
  await paper.getByRole("button", { name: "Skicka inbjudan" }).click();
  await expect(main(paper)).toContainText("Inbjudan är skickad.");
  await paper.goto("/plans");
  await main(paper).getByRole("link", { name: "Välj PromptForge Pro" }).click();
  await main(paper).getByRole("button", { name: "Till betalningen" }).click();
  await new PaymentPage(paper).pay("good");
  await paper.waitForURL(/\/checkout\/return\?/);
  await says(paper, "Planen gäller.");
  await main(paper).getByRole("link", { name: "Till er plan" }).click();
  await main(paper).getByRole("link", { name: "Byt plan" }).click();
  await main(paper).getByRole("link", { name: "Se vad bytet kostar PromptForge Enterprise" }).click();
  await expect(main(paper)).toContainText("Att betala i dag");
  await main(paper)
    .getByRole("button", { name: /^Byt och betala/ })
    .click();
  // Whoever loads a page again while the press before is still under way calls that off.
  await paper.waitForURL(/\/account\/plan\?/);
  await says(paper, "PromptForge Enterprise, version");
  await main(paper).getByRole("link", { name: "Säg upp planen" }).click();
  const asking = paper.url();
  await main(paper).getByRole("button", { name: "Säg upp planen" }).click();
  await paper.waitForURL(/\/account\/plan\?/);
  await says(paper, "Planen slutar den");
  // Whoever comes back to ask for the end again is told of the one that is booked.
  await paper.goto(asking);
  await expect(main(paper)).toContainText("Planen slutar den");
});
