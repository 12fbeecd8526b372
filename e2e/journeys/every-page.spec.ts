import { join } from "node:path";
import type { Page } from "@playwright/test";
import { readAsWritten } from "../fixtures/as-written.ts";
import { atRest, overflow, overlaps, violations } from "../fixtures/axe.ts";
import { BUSY_PASSWORD, type BusyShop, busyShop } from "../fixtures/busy-shop.ts";
import { fillCart } from "../fixtures/cart.ts";
import { desk, expect, phone, test } from "../fixtures/journey.ts";
import { choose, expectSpeaks, expectWrittenIn } from "../fixtures/languages.ts";
import { linkTo, PAGES, type PageToSee, type Part } from "../fixtures/pages.ts";
import { DEMO_PASSWORD, type Language, signInByForm } from "../fixtures/people.ts";

// Many pages each: a slow machine may take its time.
test.setTimeout(1_800_000);
// The address that leads nowhere says so.
test.use({ ...desk, expectedComplaints: [/status of 404.*\/finns-inte/] });

/** Everything there is to see, with a picture each: `npm run prove -- pages`. */
const EVERY_LOOK = process.env.KRAFTVERK_EVERY_LOOK === "1";

type Look = { colorScheme: "light" | "dark"; size: "phone" | "desktop" };

function look(isDark: boolean, isSmall: boolean): Look {
  return { colorScheme: isDark ? "dark" : "light", size: isSmall ? "phone" : "desktop" };
}

/** Of so many pages in a row one is opened, and the others are only read as the server writes them; before anything lands each is opened. */
const ONE_OF = EVERY_LOOK || process.env.KRAFTVERK_WHOLE === "1" ? 1 : 2;

/**
 * How the page at this place among those that are opened is looked at: on a phone and at a desk, so that any four in a row are
 * scanned in all four ways. How much room it takes does not depend on its colors. Or each in all four.
 */
function looks(place: number): Look[] {
  const both = [true, false];
  if (EVERY_LOOK) return both.flatMap((isDark) => both.map((isSmall) => look(isDark, isSmall)));
  const [isDark, isSmall] = [place % 2 === 1, place % 4 > 1];
  return [look(isDark, isSmall), look(isDark, !isSmall)];
}

/** Whether the page at this place is opened in this language, or else read as the server writes it. */
function opensIn(place: number, language: Language, only?: Language): boolean {
  if (EVERY_LOOK) return true;
  return place % ONE_OF === 0 && (only ?? ((place / ONE_OF) % 8 < 4 ? "sv" : "en")) === language;
}

/** Where each page is: found the first time, remembered afterwards. */
function guide(page: Page, words: BusyShop["words"]) {
  const known = new Map<PageToSee, string>();
  const fill = (address: string) =>
    address.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const word = words[name] ?? "";
      return whole === address ? word : encodeURIComponent(word);
    });
  const find = async ({ route, at, linkedFrom = "" }: PageToSee): Promise<string> => {
    if (at) return fill(at);
    const before = [...known].find(([one]) => one.route === linkedFrom)?.[1];
    const html = await page.evaluate(async (from) => (await fetch(from)).text(), before ?? fill(linkedFrom));
    const links = [...html.matchAll(/href="(\/[^"]*)"/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
    const link = linkTo(route, links);
    if (!link) throw new Error(`${linkedFrom} links to no example of ${route}.`);
    return link;
  };
  return async (one: PageToSee) => {
    const address = known.get(one) ?? (await find(one));
    known.set(one, address);
    return address;
  };
}

async function proveWhoOneIs(page: Page): Promise<void> {
  await page.locator('main input[name="password"]').fill(BUSY_PASSWORD);
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith("/confirm"));
}

/** The page is there, where it was asked for, under one heading, and speaks this language only. */
async function visit(
  page: Page,
  one: PageToSee,
  { address, language, name }: Record<"address" | "name", string> & { language: Language },
) {
  let answer = await page.goto(address);
  // What is sensitive asks again who one is: a look at every page in every way takes longer than it trusts.
  if (page.url().includes("/security/confirm") && !address.includes("/security/confirm")) {
    await proveWhoOneIs(page);
    answer = await page.goto(address);
  }
  expect.soft(answer?.status(), name).toBe(one.route === "$" ? 404 : 200);
  expect.soft(new URL(page.url()).pathname, name).toBe(new URL(address, page.url()).pathname);
  await expect.soft(page.getByRole("heading", { level: 1 }), name).toBeVisible();
  await expectSpeaks(page, language, name, one.says?.[language === "sv" ? 0 : 1]);
}

/** The same of the page as the server writes it, for who has no scripts: it is there, has one heading, and speaks this language. */
async function read(
  page: Page,
  one: PageToSee,
  { address, language, name }: Record<"address" | "name", string> & { language: Language },
) {
  let written = await readAsWritten(page, address);
  if (written.path.endsWith("/security/confirm") && !address.includes("/security/confirm")) {
    await page.goto(address);
    await proveWhoOneIs(page);
    written = await readAsWritten(page, address);
  }
  expect.soft(written.status, name).toBe(one.route === "$" ? 404 : 200);
  expect.soft(written.path, name).toBe(new URL(address, page.url()).pathname);
  expect.soft(written.headings, name).toEqual([expect.stringMatching(/\S/)]);
  expectWrittenIn(language, written, name, one.says?.[language === "sv" ? 0 : 1]);
}

/** What is to be seen of an open page is readable for everybody, no wider than the window, and apart from each other. */
async function expectFits(page: Page, name: string, scan: Parameters<typeof violations>[1] | null): Promise<void> {
  expect.soft(await overflow(page), `${name} is wider than the window`).toBeLessThanOrEqual(0);
  expect.soft(await overlaps(page), `${name} has text upon text`).toEqual([]);
  if (scan) expect.soft(await violations(page, scan), name).toEqual([]);
}

/** Looks at every one of these pages: opens every other in one language and two sizes, and else reads what is written. */
async function lookAt(page: Page, part: Part, { words }: BusyShop, pictures: string): Promise<void> {
  const addressOf = guide(page, words);
  for (const language of ["sv", "en"] as const) {
    await choose(page, language);
    for (const [place, one] of PAGES[part].entries()) {
      if (one.only && one.only !== language) continue;
      const address = await addressOf(one);
      const title = `${one.route} (${address}) in ${language}`;
      await test.step(title, async () => {
        if (!opensIn(place, language, one.only)) return read(page, one, { address, language, name: title });
        for (const [turn, { colorScheme, size }] of looks(place / ONE_OF).entries()) {
          const name = `${title}, ${colorScheme}, ${size}`;
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(size === "phone" ? phone.viewport : desk.viewport);
          // The second look is at the same document: it follows the window and the color scheme.
          if (turn === 0 || EVERY_LOOK) await visit(page, one, { address, language, name });
          else await atRest(page);
          // To open and scan a page costs twenty times what it takes to read it: of every other one, one scan here, of two rows of a
          // kind, and of all of them all four of all rows by `npm run prove -- pages`. The frame is scanned with the first four that are
          // opened of a part: once in each of the four ways.
          const scan = { frameToo: EVERY_LOOK || place / ONE_OF < 4, each: EVERY_LOOK };
          await expectFits(page, name, turn === 0 || EVERY_LOOK ? scan : null);
          if (!EVERY_LOOK) continue;
          const file = `${part}-${place}-${one.route}-${language}-${colorScheme}-${size}.png`;
          await page.screenshot({ path: join(pictures, file), fullPage: true, animations: "disabled" });
        }
      });
    }
  }
}

/** Who comes to see the pages of a part. */
const arrive: Record<Part, (page: Page, shop: BusyShop) => Promise<unknown>> = {
  shop: (page) => fillCart(page, "towel", "sv"),
  purchase: async () => {},
  letters: async () => {},
  account: (page, { member }) => page.context().addCookies(member),
  // Signed in just now: who may do what with an account is shown to nobody else.
  selling: (page) => signInByForm(page, { email: "owner@kraftverk.test", password: DEMO_PASSWORD }),
  goods: (page) => signInByForm(page, { email: "owner@kraftverk.test", password: DEMO_PASSWORD }),
  running: (page) => signInByForm(page, { email: "owner@kraftverk.test", password: DEMO_PASSWORD }),
};

const titles: Record<Part, string> = {
  shop: "every page of the shop is for everybody, fits, and speaks one language",
  purchase: "so does every page of a guest's purchase, from the payment to taking it back",
  letters: "so does every page that a letter leads to",
  account: "so does every page of the account",
  selling: "so does every page of the back office about who buys what",
  goods: "so does every page of the back office about goods, prices and the books",
  running: "so does every page of the back office about what keeps it running",
};

for (const part of Object.keys(PAGES) as Part[]) {
  test(titles[part], async ({ page, browser }, testInfo) => {
    const shop = await busyShop(browser);
    await arrive[part](page, shop);
    await lookAt(page, part, shop, join(testInfo.project.outputDir, "pictures"));
  });
}
