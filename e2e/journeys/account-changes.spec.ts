import type { Page } from "@playwright/test";
import { inAnotherBrowser } from "../fixtures/another-browser.ts";
import { expect, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { type Person, signIn, signInByForm, signUpByForm } from "../fixtures/people.ts";

const PASSWORD = "blåbärssoppa till frukost";
const NEW = "en helt annan mening";
const someone = (name: string): Person => ({ email: `${name}-${Date.now()}@example.com`, password: PASSWORD });
const main = (page: Page) => page.getByRole("main");

test("another address counts once its link is followed, and the old mailbox can take the account back", {
  tag: "@whole",
}, async ({ page, browser, look }) => {
  const person = someone("old");
  const taken = { email: person.email.replace("old", "new"), password: PASSWORD };
  await signUpByForm(page, person);
  await page.goto("/account/security");
  await page.getByRole("link", { name: "Byt e-postadress" }).click();
  await page.getByLabel("Ny e-postadress").fill(taken.email);
  await page.getByRole("button", { name: "Mejla länken" }).click();
  await expect(main(page)).toContainText(taken.email);

  // Nothing has changed yet: the old address signs in, the new one does not.
  await inAnotherBrowser(browser, async (elsewhere) => {
    await signIn(elsewhere, person);
    await expect(elsewhere).toHaveURL(/\/account$/);
  });
  const asked = await letterTo(taken.email, /Bekräfta din nya e-postadress/);
  await page.goto(linkIn(asked, "/confirm-address"));
  await page.getByRole("button", { name: "Byt till den här adressen" }).click();
  await expect(main(page)).toContainText("Den nya adressen gäller nu.");
  await expect(main(page)).toContainText(`Du loggar in med ${taken.email}.`);
  await look(page, "changed");

  await inAnotherBrowser(browser, async (stranger) => {
    await signIn(stranger, taken);
    await expect(stranger).toHaveURL(/\/account$/);
    await inAnotherBrowser(browser, async (owner) => {
      const told = await letterTo(person.email, /Din e-postadress har bytts/);
      await owner.goto(linkIn(told, "/undo-address"));
      await look(owner, "undo");
      await owner.getByRole("button", { name: "Det var inte jag, ta tillbaka kontot" }).click();
      await expect(main(owner)).toContainText("Kontot har sin gamla adress igen");
      // Everybody is signed out, in every browser, with the next page they ask for.
      for (const signedIn of [page, stranger]) {
        await signedIn.goto("/account");
        await expect(signedIn).toHaveURL(/\/login/);
      }
      const reset = await letterTo(person.email, /Välj ett nytt lösenord/);
      await owner.goto(linkIn(reset, "/reset"));
      await owner.getByLabel("Nytt lösenord", { exact: true }).fill(NEW);
      await main(owner).getByRole("button", { name: "Byt lösenord" }).click();
      await owner.waitForURL(/\/login/);
      await signIn(owner, { email: person.email, password: NEW });
      await owner.goto("/account/security");
      await expect(main(owner)).toContainText(`Du loggar in med ${person.email}.`);
    });
    // The link is used up, and what the stranger knew opens nothing any more.
    await stranger.goto("/login");
    await stranger.getByLabel("E-postadress").fill(taken.email);
    await stranger.getByLabel("Lösenord", { exact: true }).fill(PASSWORD);
    await main(stranger).getByRole("button", { name: "Logga in", exact: true }).click();
    await expect(main(stranger).getByRole("alert")).toBeVisible();
  });
});

test("a new password signs every other browser out at once, and not this one", async ({ page, browser }) => {
  const person = someone("everywhere");
  await signUpByForm(page, person);
  await inAnotherBrowser(browser, async (second) => {
    await signInByForm(second, person);
    await second.goto("/account/security");
    await page.goto("/account/security");
    await main(page).getByRole("link", { name: "Byt lösenord" }).click();
    await page.getByLabel("Nytt lösenord", { exact: true }).fill(NEW);
    await main(page).getByRole("button", { name: "Byt lösenord" }).click();
    await expect(main(page)).toContainText("Lösenordet är bytt. Alla andra inloggningar är avslutade.");
    // The very next thing that is asked for, by script or by address.
    await second.getByRole("link", { name: "Byt e-postadress" }).click();
    await expect(second).toHaveURL(/\/login/);
    await second.goto("/account/security");
    await expect(second).toHaveURL(/\/login/);
    await signIn(second, { ...person, password: NEW });
    await expect(second).toHaveURL(/\/account/);
  });
  await page.goto("/account/security");
  await expect(page).toHaveURL(/\/account\/security/);
});
