import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { DEMO_PASSWORD, signIn } from "../fixtures/people.ts";

test.use({ ...phone, javaScriptEnabled: false });

const PASSWORD = "blåbärssoppa till frukost";

test("a guest finds, buys, follows and takes back goods without JavaScript", async ({ page, payment, email, look }) => {
  const main = page.getByRole("main");
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto("/?lang=sv");
  await look(page, "home");
  await main.getByRole("link", { name: "Hela butiken" }).click();
  await page.getByRole("searchbox").first().fill("linne");
  await main.getByRole("button", { name: "Visa" }).first().click();
  await expect(page).toHaveURL(/[?&]q=linne/);
  await expect(main).toContainText("1 vara");
  await look(page, "found");
  await main.locator("a[href^='/products/tank']").first().click();
  await expect(heading).toHaveText("Linne");

  // A variant is chosen by its parts; what is sold out stands there and says so.
  await main.getByText("Mossgrön", { exact: true }).click();
  await main.getByText("L", { exact: true }).click();
  await main.getByRole("button", { name: "Lägg i varukorg" }).click();
  await expect(main).toContainText("Linne, Mossgrön, L ligger i varukorgen");
  await look(page, "added");
  await page.goto("/cart");
  await main.getByLabel(/^Antal, Linne/).fill("2");
  await main.getByRole("button", { name: /Ändra/ }).first().click();
  await expect(main).toContainText("458,00 kr");
  await look(page, "cart");
  await main.getByRole("button", { name: "Köp och betala 458 kr" }).click();

  await payment.pay("declined", { email, address: true });
  await expect(payment.refusal()).toBeVisible();
  await payment.fill("good");
  await payment.submit();
  await page.waitForURL(/\/checkout\/return\?/);
  await expect(async () => {
    await page.reload();
    await expect(heading).toHaveText("Köpet är klart.", { timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await main.getByRole("link", { name: "Se ordern" }).click();
  await expect(heading).toHaveText(/^Order KV-\d+/);
  await expect(main).toContainText("Östra Förstadsgatan 12");
  await look(page, "order");

  await main.getByRole("link", { name: "Ångra köp" }).click();
  await expect(main.getByLabel("Linne")).toBeChecked();
  // Another way, for whoever has neither the link nor an account: from the foot of any page.
  const number = /KV-\d+/.exec((await letterTo(email, /KV-\d+/)).subject)?.[0] ?? "";
  await page.getByRole("contentinfo").getByRole("link", { name: "Ångra köp" }).click();
  await page.getByLabel("Namn").fill("Anna Andersson");
  await page.getByLabel("E-postadress").fill(email);
  await page.getByLabel("Ordernummer").fill(number);
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await look(page, "check");
  await page.getByRole("button", { name: "Bekräfta att jag ångrar köpet" }).click();
  await expect(main).toContainText(`Du har ångrat order ${number} den`);
  await look(page, "stated");
  await page.goto(linkIn(await letterTo(email, /^Vi har tagit emot att du ångrar order KV-/), "/withdraw"));
  await expect(main).toContainText("Du ångrade köpet den");
  await expect(main).toContainText("458,00 kr");
  await look(page, "confirm");
  await page.getByRole("button", { name: "Bekräfta att jag ångrar köpet" }).click();
  await expect(main).toContainText("Vi har tagit emot att du ångrar köpet");
  await look(page, "received");
  await letterTo(email, /^Du har ångrat order KV-/);
});

test("an account is made, confirmed, left and entered by a new password without JavaScript", { tag: "@whole" }, async ({
  page,
  email,
  look,
}) => {
  const main = page.getByRole("main");
  const password = page.locator("main input[type=password]").first();
  await page.goto("/signup?lang=sv");
  await page.getByLabel("E-postadress").fill(email);
  await password.fill(PASSWORD);
  await main.getByRole("button", { name: "Skapa konto", exact: true }).click();
  await page.goto(linkIn(await letterTo(email, /^Bekräfta din e-postadress/), "/verify"));
  await password.fill(PASSWORD);
  await main.getByRole("button", { name: /Bekräfta/ }).click();
  await expect(page).toHaveURL(/\/account/);
  await look(page, "new-account");
  await page.getByRole("button", { name: "Logga ut" }).first().click();

  await page.goto("/forgot");
  await page.getByLabel("E-postadress").fill(email);
  await page.getByRole("button", { name: "Mejla länken" }).click();
  await page.goto(linkIn(await letterTo(email, /lösenord/i), "/reset"));
  await password.fill(`${PASSWORD} igen`);
  await main.locator("form button[type=submit]").click();
  await expect(page).toHaveURL(/\/login/);
  await signIn(page, { email, password: `${PASSWORD} igen` });
  await page.goto("/account");
  await expect(main).toContainText(email);
});

test("every page of the account says what it holds without JavaScript", { tag: "@whole" }, async ({ page, look }) => {
  await signIn(page, { email: "member@kraftverk.test", password: DEMO_PASSWORD });
  const places = ["", "/membership", "/billing", "/credits", "/credits/settings", "/orders", "/organization"];
  for (const place of [...places, "/keys", "/security", "/plan", "/more"]) {
    await page.goto(`/account${place}`);
    await expect(page.getByRole("heading", { level: 1 }), place).not.toBeEmpty();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${place} is as wide as the phone`).toBeLessThanOrEqual(0);
    await look(page, `account${place.replaceAll("/", "-")}`);
  }
});
