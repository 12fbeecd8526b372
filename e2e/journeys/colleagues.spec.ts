import type { Page } from "@playwright/test";
import { inAnotherBrowser } from "../fixtures/another-browser.ts";
import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { DEMO_PASSWORD, type Person, signIn, signInByForm, signUpByForm } from "../fixtures/people.ts";

const PASSWORD = "blåbärssoppa till frukost";
const OWNER: Person = { email: "owner@kraftverk.test", password: DEMO_PASSWORD };
const main = (page: Page) => page.getByRole("main");
// A page that is refused says so with its status, and the browser's console repeats it.
const REFUSED = [/status of 403/];
test.use({ expectedComplaints: REFUSED });

test("a colleague is invited, joins, gets another role and leaves", { tag: "@whole" }, async ({
  page,
  browser,
  look,
}) => {
  const colleague: Person = { email: `colleague-${Date.now()}@example.com`, password: PASSWORD };
  await signInByForm(page, OWNER);
  await page.goto("/admin/staff");
  const invite = page.locator("form").filter({ has: page.getByRole("button", { name: "Bjud in", exact: true }) });
  await invite.getByLabel("E-postadress").fill(colleague.email);
  await invite.getByLabel("Roll").selectOption("support");
  await invite.getByRole("button", { name: "Bjud in", exact: true }).click();
  await expect(main(page)).toContainText("Klart.");
  await expect(main(page)).toContainText(colleague.email);
  await look(page, "invited");

  await inAnotherBrowser(
    browser,
    async (theirs) => {
      const letter = await letterTo(colleague.email, /inbjuden att arbeta/);
      await theirs.goto(linkIn(letter, "/join"));
      await look(theirs, "join");
      await theirs.getByLabel("Lösenord", { exact: true }).fill(PASSWORD);
      await theirs.getByRole("button", { name: "Tacka ja" }).click();
      await theirs.waitForURL(/\/login/);
      await signIn(theirs, colleague);
      await theirs.goto("/admin/webhooks");
      await expect(main(theirs).getByRole("heading", { level: 1 })).toBeVisible();
      // Who works here is the owner's.
      await theirs.goto("/admin/staff");
      await expect(theirs.getByRole("heading", { name: "Du når inte den här sidan" })).toBeVisible();

      await page.goto("/admin/staff");
      await page.getByLabel(`Roll för ${colleague.email}`).selectOption("read_only");
      await page.getByRole("button", { name: `Byt roll för ${colleague.email}` }).click();
      await expect(main(page)).toContainText("Klart.");
      await expect(page.getByLabel(`Roll för ${colleague.email}`)).toHaveValue("read_only");
      // With the old role everything ends that was opened under it.
      await theirs.goto("/admin");
      await expect(theirs).toHaveURL(/\/login/);
      await signIn(theirs, colleague);
      await theirs.goto("/admin/orders");
      await expect(main(theirs).getByRole("heading", { level: 1 })).toBeVisible();

      await page.getByRole("button", { name: `Ta bort ${colleague.email}` }).click();
      await expect(main(page)).not.toContainText(colleague.email);
      await theirs.goto("/admin");
      await expect(theirs).toHaveURL(/\/login/);
    },
    { complaints: REFUSED },
  );
  await page.goto("/admin/audit");
  for (const action of ["Personal inbjuden", "Roll bytt", "Personal borttagen"])
    await expect(main(page)).toContainText(action);
});

test("staff see the shop as a customer does, reading only, with a banner on every page", async ({
  page,
  browser,
  look,
}) => {
  const member: Person = { email: `seen-${Date.now()}@example.com`, password: PASSWORD };
  await signUpByForm(page, member);
  await inAnotherBrowser(
    browser,
    async (staff) => {
      await signInByForm(staff, OWNER);
      await staff.goto(`/admin/customers?q=${encodeURIComponent(member.email)}`);
      const found = main(staff).locator('a[href^="/admin/customers/cus_"]').first();
      await staff.goto((await found.getAttribute("href")) ?? "no customer was found");
      await staff.getByRole("link", { name: "Kontots åtkomst" }).click();
      await staff.getByLabel("Skäl").fill("Kunden undrar över sitt medlemskap");
      await staff.getByRole("button", { name: "Se som kunden" }).click();
      await staff.waitForURL("/account");
      const banner = staff.getByRole("region", { name: "Läsläge" });
      for (const path of ["/account", "/account/security", "/products", "/account/orders"]) {
        await staff.goto(path);
        await expect(banner).toContainText(`Du ser kontot som ${member.email}. Läsläge till`);
        const wide = await staff.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect(wide, `${path} scrolls sideways`).toBe(false);
      }
      await look(staff, "banner");

      // A write is refused: the member stays signed in here, and the cart stays empty.
      await staff.goto("/products/towel");
      await staff.getByRole("button", { name: "Lägg i varukorg" }).click();
      await expect(staff.getByText("Du ser sidan som kunden och kan inte ändra något")).toBeVisible();
      await expect(banner).toBeVisible();
      await look(staff, "refused");
      await staff.goto("/cart");
      await expect(main(staff)).not.toContainText("Till betalning");
      await staff.goto("/admin");
      await expect(staff.getByRole("heading", { name: "Du når inte den här sidan" })).toBeVisible();

      await banner.getByRole("button", { name: "Avsluta" }).click();
      await staff.waitForURL(/\/admin\/customers\//);
      await expect(banner).toHaveCount(0);
      await staff.goto("/admin/audit");
      for (const action of ["Ser som kunden", "Ser inte längre som kunden"])
        await expect(main(staff)).toContainText(action);
    },
    { ...phone, complaints: REFUSED },
  );
  await page.goto("/account");
  await expect(page).toHaveURL(/\/account$/);
});
