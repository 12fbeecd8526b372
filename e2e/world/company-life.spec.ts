import type { Browser, Locator, Page } from "@playwright/test";
import { control } from "../fixtures/addresses.ts";
import { inAnotherBrowser } from "../fixtures/another-browser.ts";
import { books } from "../fixtures/books.ts";
import { expect, phone, test } from "../fixtures/journey.ts";
import { letterTo, linkIn } from "../fixtures/mailbox.ts";
import { type Card, PaymentPage } from "../fixtures/payment-page.ts";
import { signUp } from "../fixtures/people.ts";
import { buySeats, giveSeatsBack } from "../fixtures/seats.ts";
import { settle } from "../fixtures/settled.ts";
import { amountIn } from "../fixtures/sums.ts";

const PASSWORD = "blåbärssoppa till frukost";
const [PRO, ENTERPRISE] = ["PromptForge Pro", "PromptForge Enterprise"] as const;
const main = (page: Page): Locator => page.getByRole("main");

/** What is said of a feature on a page that explains them. */
const feature = (page: Page, name: string) => main(page).locator("dl > div").filter({ hasText: name });

async function quote(page: Page, name: string): Promise<void> {
  await page.goto("/account/plan");
  await main(page).getByRole("link", { name: "Byt plan" }).click();
  await main(page)
    .getByRole("link", { name: `Se vad bytet kostar ${name}` })
    .click();
  await expect(main(page).getByRole("heading", { level: 1 })).toContainText(`till ${name}`);
}

/** The provider's page on which a card is entered and nothing is paid. */
async function enterCard(page: Page, card: Card): Promise<void> {
  await page.waitForURL(/\/c\/pay\//);
  await new PaymentPage(page).fill(card);
  await page.getByRole("button", { name: /^(Save|Spara)/ }).click();
}

async function buy(page: Page): Promise<void> {
  await page.goto("/plans");
  await main(page)
    .getByRole("link", { name: `Välj ${PRO}` })
    .click();
  await main(page).getByRole("button", { name: "Till betalningen" }).click();
  await new PaymentPage(page).pay("good");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Planen gäller.", { timeout: 120_000 });
  await main(page).getByRole("link", { name: "Till er plan" }).click();
  await expect(main(page)).toContainText(`${PRO}, version`);
}

async function accept(browser: Browser, address: string, work: (page: Page) => Promise<void>): Promise<void> {
  await inAnotherBrowser(browser, async (theirs) => {
    await theirs.goto(linkIn(await letterTo(address, /inbjuden till Kvarnen AB/), "/invitation"));
    await theirs.getByLabel("Ditt namn").fill("Nya Nilsson");
    await theirs.getByLabel("Lösenord", { exact: true }).fill(PASSWORD);
    await theirs.getByRole("button", { name: "Tacka ja" }).click();
    await theirs.waitForURL(/\/account\/organization/);
    await work(theirs);
  });
}

test("a company buys a plan, upgrades, invites, buys seats and gives them back, misses a payment and mends it by mail, downgrades, leaves and comes back", {
  tag: "@whole",
}, async ({ page, browser, staff, email, look }) => {
  test.setTimeout(600_000);
  const colleague = `colleague.${email}`;
  const office = main(staff);

  await test.step("it is founded on what is free, and buys Pro", async () => {
    await signUp(page, { email, password: PASSWORD });
    await page.goto("/account/organization/new");
    await page.getByLabel("Företagets namn").fill("Kvarnen AB");
    await page.getByRole("button", { name: "Starta företaget" }).click();
    await expect(main(page).getByRole("heading", { level: 1 })).toHaveText("Kvarnen AB");
    await page.goto("/account/plan");
    await expect(main(page)).toContainText("PromptForge Pilot, version");
    await expect(feature(page, "Export till PDF")).toContainText(`Finns i ${PRO}`);
    await buy(page);
    await expect(feature(page, "Export till PDF")).toContainText(`Det ingår i ${PRO}.`);
    await look(page, "pro");
    await page.goto("/account/organization");
    await page.getByLabel("E-postadress").fill(colleague);
    await page.getByRole("button", { name: "Skicka inbjudan" }).click();
    await expect(main(page)).toContainText("Alla platser är tagna eller lovade.");
    await settle();
  });

  await test.step("nine days later it becomes Enterprise: what was shown is what is charged", async () => {
    await control().advance("P9D");
    await quote(page, ENTERPRISE);
    await expect(main(page)).toContainText(`Oanvänd tid på ${PRO}`);
    const due = main(page)
      .getByRole("row", { name: /^Att betala i dag/ })
      .getByRole("cell");
    const shown = amountIn(await due.textContent());
    expect(shown).toBeGreaterThan(0);
    await look(page, "quote");
    await main(page)
      .getByRole("button", { name: /^Byt och betala/ })
      .click();
    await expect(main(page)).toContainText(`Ni har nu ${ENTERPRISE}.`, { timeout: 120_000 });
    await expect(feature(page, "API-nycklar")).toContainText(`Det ingår i ${ENTERPRISE}.`);
    await settle();
    const { invoices } = await books().record(email);
    expect(invoices).toMatchObject([
      { reason: "subscription_create", amount_paid: 4_900 },
      { reason: "subscription_update", status: "paid", amount_paid: shown },
    ]);
  });

  await test.step("a colleague is invited by a link, and sees what the plan gives and why", async () => {
    await page.goto("/account/organization");
    await page.getByLabel("E-postadress").fill(colleague);
    await page.getByRole("button", { name: "Skicka inbjudan" }).click();
    await expect(main(page)).toContainText("Inbjudan är skickad.");
    await accept(browser, colleague, async (theirs) => {
      await theirs.goto("/account/plan");
      await expect(feature(theirs, "API-nycklar")).toContainText(`Det ingår i ${ENTERPRISE}.`);
      await expect(main(theirs)).toContainText("Bara en ägare");
      await expect(main(theirs).getByRole("link", { name: "Byt plan" })).toHaveCount(0);
    });
  });

  const invited = Array.from({ length: 5 }, (_, n) => `invited${n + 1}.${email}`);
  await test.step("it buys two more seats at the quoted sum, fills them, and gives them back for the period's end", async () => {
    const shown = await buySeats(page, 7, () => look(page, "seats"));
    expect(shown).toBeGreaterThan(0);
    const { invoices } = await books().record(email);
    expect(invoices?.at(-1)).toMatchObject({ reason: "subscription_update", status: "paid", amount_paid: shown });
    await page.goto("/account/organization/invite");
    await page.getByLabel("Adresser").fill([...invited, "one.too.many@example.com"].join("\n"));
    await page.getByRole("button", { name: "Granska" }).click();
    await expect(main(page).getByRole("listitem").filter({ hasText: "Ingen ledig plats" })).toHaveCount(1);
    await page.getByRole("button", { name: "Skicka 5 inbjudningar" }).click();
    await expect(main(page)).toContainText("5 inbjudningar är skickade.");
    await giveSeatsBack(page, 5, invited.slice(3), () => look(page, "fewer seats"));
  });

  await test.step("a renewal fails", async () => {
    await page.goto("/account/plan");
    await main(page).getByRole("button", { name: "Byt kort" }).click();
    await enterCard(page, "failsLater");
    await page.waitForURL(/\/account\/plan\?organization=.*card=/);
    await expect(main(page)).toContainText("Kortet är bytt.");
    await settle();
    await control().advance("P1M");
    await settle("PT2H");
    await page.goto("/account/plan");
    await expect(main(page)).toContainText(/Betalningen på 299,00\sUS\$ gick inte igenom\./);
    await expect(main(page)).toContainText(`Det gäller ${ENTERPRISE} för Kvarnen AB.`);
    await expect(main(page)).toContainText("Ni har kvar allt till och med den");
    await look(page, "overdue");
    // The seats that were given back went with the period, and those who were named with them.
    await page.goto("/account/organization");
    await expect(main(page).locator("dl > div").filter({ hasText: "Platser i planen" })).toContainText("5");
    await expect(main(page).getByText(invited[2] ?? "", { exact: true })).toBeVisible();
    for (const gone of invited.slice(3)) await expect(main(page).getByText(gone, { exact: true })).toHaveCount(0);
  });

  await test.step("it is mended by the mailed link, without signing in, with scripts off", async () => {
    const letter = await letterTo(email, /gick inte igenom$/);
    await inAnotherBrowser(
      browser,
      async (stranger) => {
        await stranger.goto(linkIn(letter, "/card"));
        await expect(main(stranger).getByRole("heading", { level: 1 })).toHaveText(/^Betala 299,00\sUS\$$/);
        await main(stranger).getByRole("button", { name: "Byt kort" }).click();
        await enterCard(stranger, "good");
        await stranger.waitForURL(/\/card\?card=cs_/);
        await expect(async () => {
          await stranger.reload();
          await expect(main(stranger)).toContainText("Betalningen är klar. Allt är som vanligt.", { timeout: 1_000 });
        }).toPass({ timeout: 120_000 });
        await look(stranger, "mended");
      },
      { ...phone, javaScriptEnabled: false },
    );
    await settle();
    await letterTo(email, /^Betalningen på 299,00\sUS\$ är klar$/);
    await page.goto("/account/plan");
    await expect(main(page)).not.toContainText("gick inte igenom");
    await expect(main(page)).toContainText("Aktivt");
  });

  await test.step("staff let it choose when it changes to less: each way stands with what is paid today and next", async () => {
    await staff.goto(`/admin/memberships?q=${encodeURIComponent(email)}`);
    await office
      .getByRole("link", { name: new RegExp(ENTERPRISE) })
      .first()
      .click();
    await office.getByRole("link", { name: "Kvarnen AB" }).click();
    await office.getByRole("link", { name: "Ändra reglerna" }).click();
    const less = office.getByRole("group", { name: "Till något som kostar mindre" });
    await less.getByLabel("Nu, och betala med nästa betalning").check();
    await office.getByLabel("Varför").fill("De planerar om i vår");
    await office.getByRole("button", { name: "Spara reglerna" }).click();
    await expect(office).toContainText("Reglerna är sparade.");
    await look(staff, "rules");
    await quote(page, PRO);
    const ways = main(page).getByRole("navigation", { name: "När vill ni byta?" });
    await expect(ways.getByRole("link")).toHaveCount(2);
    await ways.getByRole("link", { name: /^Nu, och betala med nästa betalning/ }).click();
    await expect(main(page).getByRole("row", { name: /^Kommer med nästa betalning/ })).toContainText("−");
    await look(page, "ways");
  });

  await test.step("it books Pro for the period's end, takes it back, and books it again", async () => {
    const book = async () => {
      await quote(page, PRO);
      await expect(main(page)).toContainText("Inget dras i dag.");
      await main(page)
        .getByRole("button", { name: /^Byt den/ })
        .click();
      await expect(main(page)).toContainText(`Ni byter till ${PRO} den`, { timeout: 120_000 });
    };
    await book();
    await look(page, "booked");
    await main(page).getByRole("button", { name: "Ångra bytet" }).click();
    await expect(main(page)).toContainText("Planen fortsätter som förut.", { timeout: 120_000 });
    await book();
    await settle();
    await control().advance("P1M");
    await settle("PT2H");
    await page.goto("/account/plan");
    await expect(main(page)).toContainText(`${PRO}, version`);
    await expect(feature(page, "API-nycklar")).toContainText(`Det ingår inte i ${PRO}. Finns i ${ENTERPRISE}.`);
    const { invoices } = await books().record(email);
    expect(invoices?.at(-1)).toMatchObject({ reason: "subscription_cycle", status: "paid", amount_paid: 4_900 });
  });

  await test.step("staff give a month for nothing and an exception, and say why; the company sees both", async () => {
    await staff.goto(`/admin/memberships?q=${encodeURIComponent(email)}`);
    await office
      .getByRole("link", { name: new RegExp(PRO) })
      .first()
      .click();
    await office.locator("summary", { hasText: "Ge fri tid" }).click();
    const give = office.locator("form").filter({ has: staff.getByRole("button", { name: "Ge den" }) });
    const choice = (await give.getByLabel("Hur mycket").locator("option").first().textContent()) ?? "";
    const next = /Nästa betalning (.+)$/.exec(choice)?.[1] ?? "no day was named";
    await give.locator("#free-reason").fill("Tack för tålamodet");
    await give.getByRole("button", { name: "Ge den" }).click();
    await expect(office).toContainText("Det är begärt.");
    await settle();
    await staff.reload();
    await expect(office).toContainText(next);
    await look(staff, "comp");
    await office.getByRole("link", { name: "Kvarnen AB" }).click();
    await office.locator('a[href^="/admin/entitlements/"]').first().click();
    await expect(feature(staff, "API-nycklar")).toContainText(`Det ingår inte i ${PRO}. Finns i ${ENTERPRISE}.`);
    await staff.getByLabel("Funktion").selectOption("hasAPI");
    await staff.getByLabel("Värde").fill("ja");
    await staff.getByLabel("Gäller i (dagar)").fill("30");
    await staff.getByLabel("Skäl").fill("Lovat i mejl");
    await staff.getByRole("button", { name: "Visa vad som ändras" }).click();
    await expect(office).toContainText("API-nycklar: Nej → Ja");
    await expect(office).toContainText("API-nycklar: Ja → Nej");
    await look(staff, "exception before it is saved");
    await staff.getByRole("button", { name: "Spara undantaget" }).click();
    await expect(office).toContainText("Sparat. Det gäller inom en sekund.");
    await look(staff, "exception");

    await letterTo(email, /^Nästa betalning är den/);
    await page.goto("/account/plan");
    await expect(feature(page, "API-nycklar")).toContainText("Det är överenskommet, till");
    await look(page, "free time");
  });

  await test.step("it leaves with a reason, and has what is free when the time is over", async () => {
    await main(page).getByRole("link", { name: "Säg upp planen" }).click();
    await main(page).getByRole("radio", { name: "Det är för dyrt" }).check();
    await look(page, "cancel");
    await main(page).getByRole("button", { name: "Säg upp planen" }).click();
    await expect(main(page)).toContainText(/Planen slutar den .*Ni har kvar allt till dess\./, { timeout: 120_000 });
    await letterTo(email, /^Planen slutar den/);
    await settle();
    await control().advance("P2M");
    await settle("PT2H");
    await page.goto("/account/plan");
    await expect(main(page)).toContainText("PromptForge Pilot, version");
    await expect(main(page)).toContainText("Välj en plan");
    await staff.goto(`/admin/memberships?q=${encodeURIComponent(email)}`);
    await office
      .getByRole("link", { name: new RegExp(PRO) })
      .first()
      .click();
    await expect(office.getByRole("table", { name: "Önskemål" })).toContainText("Det är för dyrt");
  });

  await test.step("it comes back", async () => {
    await buy(page);
    await settle();
    const { subscriptions } = await books().record(email);
    expect(subscriptions).toMatchObject([{ status: "canceled" }, { status: "active", amount: 4_900 }]);
  });
});
