import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo } from "../fixtures/mailbox.ts";
import { orderMembership } from "../fixtures/membership.ts";
import { DEMO_PASSWORD, signIn } from "../fixtures/people.ts";

test.use({ ...phone, javaScriptEnabled: false });

test("a membership is bought without JavaScript", async ({ page, payment, email, look }) => {
  await orderMembership(page, "Öppet");
  await payment.pay("good", { email });
  await page.waitForURL(/\/checkout\/return\?/);
  // Without a script the page is told to look again by itself or by the visitor.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Medlemskapet är igång.", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await look(page, "return");
  await letterTo(email, /KV-\d+/);
});

test("signing in and out works without JavaScript", async ({ page, look }) => {
  await signIn(page, { email: "member@kraftverk.test", password: DEMO_PASSWORD });
  await page.goto("/account");
  await expect(page.getByRole("main")).toContainText("Maja Lind");
  await look(page, "account");
  await page.getByRole("button", { name: "Logga ut" }).first().click();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login/);
});

test("mails that are waited for are asked for again, and there is a way back", async ({ page }) => {
  const email = `waits-${Date.now()}@example.com`;
  await page.goto("/signup");
  await page.getByLabel("E-postadress").fill(email);
  await page.getByLabel("Lösenord", { exact: true }).fill("blåbärssoppa till frukost");
  await page.getByRole("main").getByRole("button", { name: "Skapa konto", exact: true }).click();
  for (let asked = 0; asked < 2; asked++) {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kolla mejlen");
    await expect(page.getByRole("main")).toContainText(email);
    await page.getByRole("button", { name: "Skicka igen" }).click();
  }
  await page.goto("/forgot");
  await page.getByLabel("E-postadress").fill(email);
  await page.getByRole("button", { name: "Mejla länken" }).click();
  await page.getByRole("button", { name: "Skicka igen" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kolla mejlen");
  await page.getByRole("main").getByRole("link", { name: "Logga in", exact: true }).click();
  await expect(page).toHaveURL(/\/login$/);
});

test.describe("refused", () => {
  test.use({ expectedComplaints: [/status of 401/] });

  test("a wrong password is refused in words, and the address stays", async ({ page }) => {
    await page.goto("/login");
    await page.getByLabel("E-postadress").fill("member@kraftverk.test");
    await page.getByLabel("Lösenord", { exact: true }).fill("inte-rätt-lösenord");
    await page.getByRole("main").getByRole("button", { name: "Logga in", exact: true }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await expect(page.getByLabel("E-postadress")).toHaveValue("member@kraftverk.test");
    await expect(page.getByLabel("Lösenord", { exact: true })).toHaveValue("");
  });
});
