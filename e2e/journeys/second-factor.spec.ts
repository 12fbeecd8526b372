import type { Page } from "@playwright/test";
import { codeAt } from "../../scripts/test/authenticator.ts";
import { violations } from "../fixtures/axe.ts";
import { expect, test } from "../fixtures/journey.ts";
import { type Person, signUp, signUpByForm } from "../fixtures/people.ts";

const someone = (name: string): Person => ({
  email: `${name}-${Date.now()}@example.com`,
  password: "blåbärssoppa till frukost",
});

/** A device that holds passkeys and has just checked who holds it. */
async function virtualAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function password(page: Page, person: Person): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-postadress").fill(person.email);
  await page.getByLabel("Lösenord", { exact: true }).fill(person.password);
  await page.getByRole("main").getByRole("button", { name: "Logga in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.goto("/account/security");
  await page.getByRole("main").getByRole("button", { name: "Logga ut", exact: true }).click();
  await page.waitForURL("/");
}

/** Connects an authenticator app; its letters and the recovery codes. */
async function connectApp(page: Page): Promise<{ letters: string; codes: string[] }> {
  await page.goto("/account/security/two-step");
  await page.getByRole("button", { name: "Visa koden att skanna" }).click();
  await expect(page.getByRole("img", { name: "QR-kod" })).toBeVisible();
  const letters = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()) ?? "";
  await page.getByLabel("Kod från appen").fill(codeAt(letters, new Date()));
  await page.getByRole("button", { name: "Slå på" }).click();
  await expect(page.getByRole("heading", { name: "Autentiseringsappen är på" })).toBeVisible();
  const codes = ((await page.locator("pre code").textContent()) ?? "").split("\n");
  expect(codes).toHaveLength(10);
  return { letters, codes };
}

test("an authenticator app makes signing in two steps, and a recovery code stands in for it", async ({ page }) => {
  const person = someone("app");
  await signUpByForm(page, person);
  const { letters, codes } = await connectApp(page);
  await signOut(page);

  await password(page, person);
  await expect(page.getByRole("heading", { name: "Logga in: steg 2" })).toBeVisible();
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login/);
  await page.goto("/login/second");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
  await page.getByLabel("Kod").fill("000000");
  await page.getByRole("main").getByRole("button", { name: "Logga in", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("Koden stämmer inte");
  // The code that turned it on is used up: the app's next one.
  await page.getByLabel("Kod").fill(codeAt(letters, new Date(Date.now() + 30_000)));
  await page.getByRole("main").getByRole("button", { name: "Logga in", exact: true }).click();
  await page.waitForURL("/account");
  await signOut(page);

  await password(page, person);
  await page.getByLabel("Kod").fill(codes[0] ?? "");
  await page.getByRole("main").getByRole("button", { name: "Logga in", exact: true }).click();
  await page.waitForURL("/account");
  await page.goto("/account/security");
  await expect(page.getByRole("main")).toContainText("9 koder kvar");

  await page.getByRole("link", { name: "Gör nya koder" }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Gör nya koder" }).click();
  await expect(page.locator("pre code")).toBeVisible();
  const renewed = ((await page.locator("pre code").textContent()) ?? "").split("\n");
  expect(renewed.filter((code) => !codes.includes(code))).toHaveLength(10);
});

test("recovery codes are for those who have a second step", async ({ page }) => {
  await signUpByForm(page, someone("none"));
  await page.goto("/account/security/codes");
  await page.waitForURL("/account/security");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("an authenticator app is connected and used", { tag: "@whole" }, async ({ page }) => {
    const person = someone("plain");
    await signUp(page, person);
    const { letters } = await connectApp(page);
    await signOut(page);
    await password(page, person);
    await page.getByLabel("Kod").fill(codeAt(letters, new Date(Date.now() + 30_000)));
    await page.getByRole("main").getByRole("button", { name: "Logga in", exact: true }).click();
    await page.waitForURL("/account");
  });
});

test.describe("in a browser of its own", () => {
  test.use({ neverBeenHere: true });
  test("a passkey signs in by itself, without a password or an address", async ({ page }) => {
    const person = someone("key");
    await virtualAuthenticator(page);
    await signUpByForm(page, person);
    await page.goto("/account/security/passkeys");
    await page.getByLabel("Namn").fill("Min telefon");
    await page.getByRole("button", { name: "Skapa passkey" }).click();
    await expect(page.getByRole("heading", { name: "Passkeyn är sparad." })).toBeVisible();
    await page.getByRole("link", { name: "Jag har sparat dem" }).click();
    await expect(page.getByRole("main")).toContainText("Min telefon");
    await signOut(page);

    await page.goto("/login?next=/account/orders");
    await page.getByRole("button", { name: "Logga in med passkey" }).click();
    await page.waitForURL("/account/orders");
    await signOut(page);

    // The password alone is only half now; the passkey is the other half.
    await password(page, person);
    await page.getByRole("button", { name: "Använd passkey" }).click();
    await page.waitForURL("/account");
    await page.goto("/account/security");
    await page.getByRole("button", { name: "Ta bort passkeyn Min telefon" }).click();
    await expect(page.getByRole("main")).toContainText("Ingen app är kopplad");
    await expect(page.getByRole("main")).not.toContainText("Min telefon");
  });
});
