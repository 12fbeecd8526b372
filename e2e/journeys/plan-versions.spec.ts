import type { Page } from "@playwright/test";
import { inAnotherBrowser } from "../fixtures/another-browser.ts";
import { expect, test } from "../fixtures/journey.ts";
import { DEMO_PASSWORD, type Person, signInByForm, signUpByForm } from "../fixtures/people.ts";

const PASSWORD = "blåbärssoppa till frukost";
const main = (page: Page) => page.getByRole("main");

test("staff write a version of a plan, publish it, see what moving those before it means, move them and take it back", {
  tag: "@whole",
}, async ({ page, browser, payment, look }) => {
  const mark = Date.now();
  const buyer: Person = { email: `plan-${mark}@example.com`, password: PASSWORD };
  await signUpByForm(page, buyer);
  await page.goto("/account/plan");
  await page.getByRole("button", { name: "Till betalningen" }).first().click();
  await payment.opened();
  await payment.fill("good");
  await payment.submit();
  await page.waitForURL(/checkout\/return/);
  await expect(async () => {
    await page.goto("/account/plan");
    await expect(main(page)).toContainText("PromptForge Pro, version", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });

  await inAnotherBrowser(browser, async (staff) => {
    await signInByForm(staff, { email: "owner@kraftverk.test", password: DEMO_PASSWORD });
    await staff.goto("/admin/plans/pro");
    await staff.getByRole("button", { name: "Skriv en ny version" }).click();
    await expect(main(staff)).toContainText("Den säger samma sak som versionen som säljs.");
    await staff.getByLabel("Med en mening, på svenska").fill(`För den som vill ha mer (${mark}).`);
    await staff.getByLabel("Platser", { exact: true }).fill("");
    await staff.getByRole("button", { name: "Spara utkastet" }).click();
    await expect(main(staff)).toContainText("Den säger inget om Platser.");
    await staff.getByLabel("Platser", { exact: true }).fill("2");
    await staff.getByRole("button", { name: "Spara utkastet" }).click();
    await expect(main(staff)).toContainText("Utkastet kan publiceras.");
    await expect(main(staff)).toContainText("Platser: 1 → 2");
    await look(staff, "draft");
    await staff.getByLabel("Anledning").fill("Två platser räcker längre");
    await staff.getByRole("button", { name: "Publicera version 2" }).click();
    await expect(async () => {
      await staff.goto("/admin/plans/pro");
      await expect(main(staff)).toContainText("Skriv en ny version", { timeout: 1_000 });
    }).toPass({ timeout: 120_000 });

    await staff.getByRole("link", { name: "Flytta dem som har en tidigare version" }).click();
    await expect(main(staff)).toContainText(buyer.email);
    await look(staff, "report");

    // At once: what each pays is there before anybody is moved. This time it is dropped.
    await staff.getByLabel("Anledning").last().fill("De ska få det direkt");
    await staff.getByRole("button", { name: /^Räkna ut för \d+$/ }).click();
    await staff.waitForURL(/\/admin\/migrations\//);
    await expect(main(staff)).toContainText("Uträknad, inte flyttad", { timeout: 120_000 });
    await expect(staff.getByRole("button", { name: /^Flytta \d+ nu$/ })).toBeVisible({ timeout: 120_000 });
    await expect(main(staff)).toContainText("Dras nu");
    await look(staff, "reckoned");
    await staff.getByLabel("Anledning").fill("Vi väntar ändå");
    await staff.getByRole("button", { name: "Släpp den" }).click();
    await expect(main(staff)).toContainText("Släppt");

    await staff.goto("/admin/plans/pro/move");
    const go = staff.getByRole("button", { name: /^Flytta \d+$/ });
    const count = /\d+/.exec((await go.textContent()) ?? "")?.[0] ?? "";
    await go.click();
    await expect(main(staff)).toContainText(`Skriv talet ${count}`);
    await staff.getByLabel(/^Skriv \d+ för att bekräfta/).fill(count);
    await staff.getByLabel("Anledning").first().fill("Alla på samma villkor");
    await staff.getByRole("button", { name: /^Flytta \d+$/ }).click();
    await staff.waitForURL(/\/admin\/migrations\//);
    await expect(main(staff)).toContainText("Beställd för alla", { timeout: 120_000 });
    await expect(main(staff)).toContainText("Bokad", { timeout: 120_000 });
    await look(staff, "moved");

    // One of them alone, with its reason.
    const [one, all] = ["Avtalet säger annat", "Vi väntar till våren"];
    await staff.getByRole("row", { name: buyer.email }).getByRole("link", { name: "Ta tillbaka" }).click();
    await staff.getByRole("button", { name: "Ta tillbaka", exact: true }).click();
    await expect(main(staff)).toContainText("Ange anledning");
    await staff.getByLabel("Anledning").first().fill(one);
    await look(staff, "take-back");
    await staff.getByRole("button", { name: "Ta tillbaka", exact: true }).click();
    await expect(main(staff)).toContainText(`Ensam återtagen: ${one}`, { timeout: 120_000 });

    await staff.getByLabel("Anledning").fill(all);
    await staff.getByRole("button", { name: "Ta tillbaka det som är bokat" }).click();
    await expect(main(staff)).toContainText("Tagen tillbaka", { timeout: 120_000 });
    await expect(main(staff)).toContainText("Återtagen", { timeout: 120_000 });
  });
});
