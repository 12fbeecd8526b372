import type { Page } from "@playwright/test";
import { fillCart } from "../fixtures/cart.ts";
import { expect, test } from "../fixtures/journey.ts";

/** Where each page is in each language, and a word that it must say. */
const pages = {
  sv: [
    ["/", "Se medlemskap"],
    ["/products", "Sorteras i butikens egen ordning"],
    ["/products?q=zzz", "Inget matchar ”zzz”."],
    ["/products/hoodie", "Lägg i varukorg"],
    ["/cart", "Att betala i dag"],
    ["/medlemskap", "Förnyas varje månad tills du avslutar"],
    ["/withdraw", "Ordernummer"],
    ["/login", "Lösenord"],
    ["/signup", "Skapa konto"],
    ["/forgot", "E-postadress"],
    ["/villkor", "Villkor"],
    ["/integritet", "Integritet"],
    ["/cookies", "Cookies"],
    ["/finns-inte", "Sidan finns inte"],
  ],
  en: [
    ["/", "See memberships"],
    ["/products", "In the shop's own order"],
    ["/products?q=zzz", "Nothing matches"],
    ["/products/hoodie", "Add to cart"],
    ["/cart", "To pay today"],
    ["/membership", "Renews every month until you cancel"],
    ["/withdraw", "Order number"],
    ["/login", "Password"],
    ["/signup", "Create account"],
    ["/forgot", "Email address"],
    ["/terms", "Terms"],
    ["/privacy", "Privacy"],
    ["/cookies", "Cookies"],
    ["/finns-inte", "The page does not exist"],
  ],
} as const;

const accountPages = [
  "/account",
  "/account/orders",
  "/account/membership",
  "/account/billing",
  "/account/credits",
  "/account/credits/settings",
  "/account/keys",
  "/account/more",
  "/account/security",
];

const officePages = [
  "/admin",
  "/admin/orders",
  "/admin/customers",
  "/admin/memberships",
  "/admin/mail",
  "/admin/settings",
  "/admin/products",
  "/admin/products/gruppass",
  "/admin/products/new",
  "/admin/credits",
  "/admin/credits/top-ups",
  "/admin/ledger/entries",
  "/admin/search",
];

/** Money, dates and words as the other language writes them, and keys that nobody translated. */
const strangers = {
  sv: /\bSEK\s?\d|\d\.\d\d\skr|\d\/month\b|\b(January|February|March|May|June|July|August|October|December) 20\d\d/,
  en: /\d\skr\b|\d,\d\d\b(?!\d)|kr\/mån|\b(januari|februari|mars|maj|juni|juli|augusti|oktober) 20\d\d/,
} as const;
const rawKey =
  /\b(words|errors|shop|checkout|account|admin|office|lists|command|settings|prices|statuses|identity)\.[a-z][\w]*(\.[\w]+)*\b/i;

async function read(page: Page): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not read.
  return page.locator("body").innerText();
}

/** Chooses a language as a person does, at the foot of a page. */
async function choose(page: Page, language: "sv" | "en"): Promise<void> {
  await page.goto("/");
  await page
    .getByRole("contentinfo")
    .getByRole("button", { name: language === "sv" ? "Svenska" : "English" })
    .click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

for (const language of ["sv", "en"] as const) {
  test.describe(language, () => {
    test.use({ locale: language === "sv" ? "sv-SE" : "en-GB", expectedComplaints: [/status of 404/] });

    test(`every page of the shop speaks ${language} and nothing else`, async ({ page }) => {
      await fillCart(page, "bag", language);
      for (const [path, word] of pages[language]) {
        await page.goto(path);
        await expect(page.locator("html"), path).toHaveAttribute("lang", language);
        const text = await read(page);
        expect(text, path).toContain(word);
        expect(text, `${path}: a format of the other language`).not.toMatch(strangers[language]);
        expect(text.replace(/\S+@\S+|\S+\.(se|test)\b/g, ""), `${path}: an untranslated key`).not.toMatch(rawKey);
      }
    });

    test(`every page of the back office speaks ${language} and nothing else`, async ({ staff }) => {
      await choose(staff, language);
      for (const path of officePages) {
        await staff.goto(path);
        await expect(staff.locator("html"), path).toHaveAttribute("lang", language);
        // A row with an address may be a letter, whose subject is in its reader's language.
        const text = (await read(staff)).replace(/^.*@.*$/gm, "");
        expect(text, `${path}: a format of the other language`).not.toMatch(strangers[language]);
        expect(text, `${path}: an untranslated key`).not.toMatch(rawKey);
      }
    });

    test(`every page of the account speaks ${language} and nothing else`, async ({ staff }) => {
      await choose(staff, language);
      for (const path of accountPages) {
        await staff.goto(path);
        await expect(staff.locator("html"), path).toHaveAttribute("lang", language);
        const text = await read(staff);
        expect(text, `${path}: a format of the other language`).not.toMatch(strangers[language]);
        expect(text.replace(/\S+@\S+/g, ""), `${path}: an untranslated key`).not.toMatch(rawKey);
      }
    });
  });
}

test("the language is chosen once and kept", async ({ page }) => {
  await choose(page, "en");
  await page.goto("/products");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  // An address that belongs to one language stays in it.
  await page.goto("/medlemskap");
  await expect(page.locator("html")).toHaveAttribute("lang", "sv");
});
