import { expect, test } from "vitest";
import { catalogues } from "../app/lib/i18n/catalogues.ts";
import { wordsAsText, wordsModule } from "./words-as-text.ts";

type WordsOf = (locale: string, key: string) => Readonly<Record<string, unknown>>;

/** What a module of this text exports. */
async function run(text: string): Promise<WordsOf> {
  const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return module.wordsOf;
}

test("a browser reads the words of both catalogues, each area when one of them is asked for", async () => {
  const wordsOf = await run(wordsModule(catalogues));
  for (const [locale, words] of Object.entries(catalogues)) {
    const read = Object.keys(words).map((key) => [key, wordsOf(locale, key)[key]]);
    expect(Object.fromEntries(read)).toEqual(words);
  }
  expect(Object.keys(wordsOf("sv", "shop.")).filter((key) => !key.startsWith("shop."))).toEqual([]);
  expect(wordsOf("en", "shop.")).toBe(wordsOf("en", "shop.of-the-same-area"));
});

test("a word that nobody wrote is nowhere, whatever it is called", async () => {
  const wordsOf = await run(wordsModule({ sv: { "shop.cart": "Korg" } }));
  for (const key of ["shop.none", "none.shop", "none", "constructor.name", "__proto__.toString"])
    expect(Object.hasOwn(wordsOf("sv", key), key), key).toBe(false);
});

test("the server keeps them as they are written", async () => {
  const [file, elsewhere] = ["/shop/app/lib/i18n/catalogues.ts", "/shop/app/lib/i18n/translate.ts"];
  const { load } = wordsAsText();
  expect(await load(file, { ssr: true })).toBeNull();
  expect(await load(elsewhere, { ssr: false })).toBeNull();
});
