import { pathToFileURL } from "node:url";

type Words = Readonly<Record<string, unknown>>;
type Loader = {
  readonly name: string;
  readonly enforce: "pre";
  readonly apply: "build";
  load(this: unknown, id: string, options?: { ssr?: boolean }): Promise<string | null>;
};

/** The area of a key: what stands before its first point, as the file of the catalogue is called. */
function byArea(words: Words): Record<string, Words> {
  const areas: Record<string, Words> = {};
  for (const [key, message] of Object.entries(words)) {
    const area = key.slice(0, key.indexOf("."));
    areas[area] = { ...areas[area], [key]: message };
  }
  return areas;
}

/** The module that stands in for the catalogues in a browser: each area is a text, read when a word of it is asked for. */
export function wordsModule(catalogues: Readonly<Record<string, Words>>): string {
  const texts = Object.entries(catalogues).map(([locale, words]) => {
    const areas = Object.entries(byArea(words)).map(
      ([area, own]) => `${JSON.stringify(area)}: ${JSON.stringify(JSON.stringify(own))}`,
    );
    return `${locale}: { ${areas.join(",\n")} }`;
  });
  return `const texts = { ${texts.join(",\n")} };
    const read = { ${Object.keys(catalogues).map((locale) => `${locale}: {}`)} };
    export function wordsOf(locale, key) {
      const area = key.slice(0, key.indexOf("."));
      return (read[locale][area] ??= JSON.parse(Object.hasOwn(texts[locale], area) ? texts[locale][area] : "{}"));
    }`;
}

/**
 * A page shows the words of some five areas in one language. To make objects of all of them, in both, was more than a tenth of
 * what a browser does before a page answers; a text that nobody reads costs nothing.
 */
export function wordsAsText(): Loader {
  return {
    name: "words-as-text",
    enforce: "pre",
    // While pages are written, words that change are words as they are written.
    apply: "build",
    async load(id, { ssr } = {}) {
      if (ssr || !id.endsWith("/app/lib/i18n/catalogues.ts")) return null;
      const { catalogues } = await import(pathToFileURL(id).href);
      return wordsModule(catalogues);
    },
  };
}
